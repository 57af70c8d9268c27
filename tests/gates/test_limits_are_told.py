"""The table of limits in docs/hosting.md says what the code does."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.urls import get_resolver

from apps.curation.services import selections
from chroma_site import socket_limits
from chroma_site.server.addresses import LARGEST_BODIES, PAGE, largest_body
from chroma_site.server.limits import KIB, MIB, Limits
from tests.live import CHECKOUT

LIMITS = Limits()
TOLD = {
    "head of a request": f"{LIMITS.head_bytes // KIB} KiB, {LIMITS.most_headers} headers, {LIMITS.head_seconds} s",
    "connection without a request": f"{LIMITS.keep_alive} s",
    "body: pages, sign-in": f"{PAGE // KIB} KiB, {largest_body('/auth/login') // KIB} KiB",
    "body: GraphQL, admin": f"{largest_body('/graphql') // MIB} MiB",
    "body: a chunk of an upload or import": f"{largest_body('/bulk/v1/imports/x/chunks/1') // MIB} MiB",
    "body: a pack of files": f"{largest_body('/bulk/v1/projects/x/files') // MIB} MiB",
    "body: a selection": f"{largest_body('/bulk/v1/projects/x/selections') // MIB} MiB",
    "body: positions of a map": f"{largest_body('/bulk/v1/projects/x/projection-sets') // MIB} MiB",
    "body: anything else": f"{largest_body('/bulk/v1/x') // MIB} MiB",
    "body of who is not signed in": f"{LIMITS.anonymous_body // KIB} KiB",
    "body that stops": f"{LIMITS.idle_seconds} s",
    "bodies of one user": f"{LIMITS.bodies_a_user // MIB} MiB; further ones wait up to {LIMITS.bodies_wait} s",
    "bodies of all": f"{LIMITS.bodies // MIB} MiB; further ones wait up to {LIMITS.bodies_wait} s",
    "answer that its client does not take": f"{LIMITS.stalled_answer} s",
    "requests of one user": f"{LIMITS.running_a_user}, of which one computes where others are around; "
    f"{LIMITS.waiting_a_user} wait up to {LIMITS.waiting_seconds} s",
    "requests of all": f"{LIMITS.running}",
    "connections of one address": f"{LIMITS.connections_an_address}",
    "connections of all": f"{LIMITS.connections}",
    "sockets of one user": f"{socket_limits.MOST_SOCKETS_A_USER}",
    "sockets opened by one address": f"{LIMITS.opened_at_once} at once, {LIMITS.opened_a_second} a second",
    "sockets that have not said": f"{socket_limits.MOST_NEW_AN_ADDRESS} of one address, "
    f"{socket_limits.INIT_TIMEOUT.seconds} s",
    "message into a socket": f"{LIMITS.message_bytes // KIB} KiB",
    "messages of one user": f"{socket_limits.MESSAGES_AT_ONCE} at once, {socket_limits.MESSAGES_A_SECOND} a second",
    "subscriptions of a socket": f"{socket_limits.MOST_SUBSCRIPTIONS}",
    "socket whose client reads nothing": f"{LIMITS.stalled_socket} s",
    "selections kept of one user": f"{selections.MOST_KEPT}, {selections.MOST_KEPT_BYTES // MIB} MiB",
}


def test_every_limit_stands_in_the_table_as_it_is():
    section = (CHECKOUT / "docs" / "hosting.md").read_text().partition("## Limits")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ")][1:]
    for what, number in TOLD.items():
        (row,) = [row for row in rows if row.startswith(f"| {what}")]
        assert number in row, (row, number)
    untold = [row for row in rows if not any(row.startswith(f"| {what}") for what in TOLD)]
    assert [row.split("|")[1].strip() for row in untold] == ["body without `Content-Length`"]


@pytest.mark.holds(20)
def test_each_address_that_takes_a_body_is_an_address_of_the_site():
    """A path of the table that no view has any more would leave the view that replaced it with another limit."""
    examples = ["/graphql", "/auth/login", f"/auth/link/{'x' * 43}", "/bulk/v1/uploads/7/chunks/0",
                f"/bulk/v1/imports/{uuid4()}/chunks/0", "/bulk/v1/projects/7/files",
                f"/bulk/v1/projects/{uuid4()}/selections", f"/bulk/v1/projects/{uuid4()}/projection-sets",
                "/bulk/v1/datasets/7/uploads", "/admin/login/"]  # fmt: skip
    for pattern, size in LARGEST_BODIES:
        (first, *_) = [path for path in examples if pattern.fullmatch(path) and largest_body(path) == size]
        view = get_resolver().resolve(first).func
        assert "shell" not in repr(view), f"{re.escape(first)} is not an address of its own"
