"""Whatever ends somebody's access ends it at the next request, in the middle of whatever they were doing."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from apps.accounts.actor import Actor
from apps.accounts.models import ApiToken
from apps.projects.models import Membership
from apps.projects.services.people import update_user
from apps.projects.services.projects import delete_project
from tests.borders.everything import all_files, all_rows
from tests.cast import PASSWORD, make_client, make_token, post_graphql
from tests.logging.upload import declaration_of, sha256, stream_of, table_of
from tests.site.doors import COLUMNS
from tests.world import make_world

pytestmark = pytest.mark.holds(8)


@pytest.fixture
def world(alice, bob, project):
    return make_world(alice, project)


@pytest.fixture
def office(alice, bob, sam):
    """What people do to end Bob's access."""
    return Office(alice, bob, sam)


class Office:
    def __init__(self, alice, bob, sam) -> None:
        self.alice, self.bob, self.sam = alice, bob, sam
        self.project = alice.memberships.get().project
        self.membership = Membership.objects.get(project=self.project, user=bob)

    def remove(self) -> None:
        self._mutate(self.alice, "removeMember", {"membershipId": str(self.membership.pk)})

    def demote(self) -> None:
        self._mutate(self.alice, "changeRole", {"membershipId": str(self.membership.pk), "role": "VIEWER"})

    def leave(self) -> None:
        self._mutate(self.bob, "removeMember", {"membershipId": str(self.membership.pk)})

    def disable(self) -> None:
        staff = Actor(user=self.sam, as_staff=True)
        update_user(actor=staff, user=self.bob, email="", is_staff=False, is_active=False)

    def delete(self) -> None:
        delete_project(actor=Actor(user=self.alice), project=self.project, confirm_name="MNIST")

    def revoke(self) -> None:
        for token in ApiToken.objects.filter(user=self.bob, revoked_at=None):
            self._mutate(self.bob, "revokeApiToken", {"id": str(token.pk)})

    def expire(self) -> None:
        ApiToken.objects.filter(user=self.bob).update(expires_at=timezone.now() - timedelta(seconds=1))

    def change_password(self) -> None:
        elsewhere = {"currentPassword": PASSWORD, "newPassword": "violet tram 42 lemon"}
        self._mutate(self.bob, "changePassword", elsewhere)

    def _mutate(self, user, name: str, input: dict) -> None:
        kind = {"removeMember": "MembershipInput"}.get(name, f"{name[0].upper()}{name[1:]}Input")
        query = f"mutation ($input: {kind}!) {{ {name}(input: $input) {{ errors {{ code message }} }} }}"
        assert post_graphql(user, query, {"input": input}) == {"data": {name: {"errors": []}}}


class Visitor:
    """Bob in the middle of things: an upload and an import half sent, a page open."""

    def __init__(self, world, bob, client: Client) -> None:
        self.world, self.client = world, client
        self.content = stream_of(table_of({"key": ["k0", "new"]}))
        declared = declaration_of(self.content, 2, chunk_bytes=len(self.content) // 2 + 1)
        dataset, project = world.ids["dataset"], world.ids["project"]
        self.upload = self._post(f"/bulk/v1/datasets/{dataset}/uploads", declared).json()["id"]
        self.size = declared["chunk_bytes"]
        assert self.send_chunk(0) == 200
        wanted = {"key": "half", "file_name": "b.csv", "byte_count": 2, "chunk_bytes": 1}
        self.half = self._post(f"/bulk/v1/projects/{project}/imports", wanted).json()["id"]
        self.selection = world.selection_of(bob)

    def reads(self) -> dict[str, int]:
        """The answer to each kind of reading."""
        ids = self.world.ids
        paths = [
            *[f"/bulk/v1/datasets/{ids['dataset']}/columns/{name.format(**ids)}" for name in COLUMNS],
            f"/bulk/v1/embedding-sets/{ids['embeddingSet']}/vectors",
            f"/bulk/v1/projection-sets/{ids['projectionSet']}/positions",
            f"/bulk/v1/slices/{ids['slice']}/keys",
            f"/bulk/v1/selections/{self.selection}/rows",
            f"/bulk/v1/uploads/{self.upload}",
            f"/bulk/v1/exports/{ids['export']}/content",
            f"/resources/{ids['resource']}",
            f"/resources/{ids['resource']}/thumbnail",
        ]
        answers = {path: self._status(self.client.get(path)) for path in paths}
        export = f"/bulk/v1/exports/{ids['export']}/content"
        answers["the rest of a download"] = self._status(self.client.get(export, headers={"Range": "bytes=1-"}))
        known = self.client.get(f"/resources/{ids['resource']}", headers={"If-None-Match": "*"})
        answers["what the browser keeps"] = self._status(known)
        answers["graphql"] = self._graphql(f'{{ dataset(id: "{ids["dataset"]}") {{ name }} }}')
        return answers

    def writes(self) -> dict[str, int]:
        """The answer to each kind of writing."""
        ids = self.world.ids
        rename = f'mutation {{ renameTag(input: {{id: "{ids["tag"]}", name: "x"}}) {{ errors {{ code }} }} }}'
        label = (
            f'mutation {{ setLabel(input: {{selectionId: "{self.selection}", categoryName: "7"}})'
            " { errors { code } } }"
        )
        checksum = {"X-Chroma-Sha256": sha256(b"x")}
        half = self.client.put(f"/bulk/v1/imports/{self.half}/chunks/0", b"x", headers=checksum)
        return {
            "rename": self._graphql(rename),
            "label": self._graphql(label),
            "the next chunk": self.send_chunk(1),
            "commit": self._post(f"/bulk/v1/uploads/{self.upload}/commit", {}).status_code,
            "the next chunk of a file": half.status_code,
        }

    def send_chunk(self, number: int) -> int:
        piece = self.content[number * self.size : (number + 1) * self.size]
        path = f"/bulk/v1/uploads/{self.upload}/chunks/{number}"
        return self.client.put(path, piece, headers={"X-Chroma-Sha256": sha256(piece)}).status_code

    def _graphql(self, query: str) -> int:
        """The status that the answer would have over HTTP."""
        answer = self._post("/graphql", {"query": query})
        if answer.status_code != 200:
            return answer.status_code
        codes = set(re.findall(r'"code": ?"(\w+)"', answer.content.decode()))
        return STATUS[codes.pop()] if codes else 200

    def _post(self, path: str, body: dict):
        return self.client.post(path, json.dumps(body), content_type="application/json")

    def _status(self, response) -> int:
        if response.streaming:
            b"".join(response)
        return response.status_code


STATUS = {"UNAUTHENTICATED": 401, "FORBIDDEN": 403, "NOT_FOUND": 404}
# The answers of an open door: all of it, a part of it, or that the browser has it already.
OPEN = {200, 206, 304}
# What ends access, by what Bob had come with, and the answer from then on.
ENDINGS = [
    ("remove", "session", 404),
    ("remove", "token", 404),
    ("leave", "session", 404),
    ("disable", "session", 401),
    ("disable", "token", 401),
    ("delete", "session", 404),
    ("revoke", "token", 401),
    ("expire", "token", 401),
    ("change_password", "session", 401),
]


@pytest.mark.parametrize(("ending", "by", "answer"), ENDINGS, ids=[f"{how} {by}" for how, by, _ in ENDINGS])
@pytest.mark.holds(7)
def test_nothing_opens_any_more(world, office, bob, ending, by, answer):
    client = make_client(bob if by == "session" else make_token(bob))
    visitor = Visitor(world, bob, client)
    assert set(visitor.reads().values()) == OPEN
    getattr(office, ending)()
    before = _without_sessions(all_rows()), all_files()
    shut = visitor.reads() | visitor.writes()
    assert set(shut.values()) == {answer}, shut
    assert (_without_sessions(all_rows()), all_files()) == before


def test_signing_out_ends_what_the_session_was_doing(world, bob):
    client = make_client(bob)
    stolen = client.cookies["sessionid"].value
    visitor = Visitor(world, bob, client)
    client.post("/auth/logout")
    visitor.client = Client()
    visitor.client.cookies["sessionid"] = stolen
    before = _without_sessions(all_rows())
    shut = visitor.reads() | visitor.writes()
    assert set(shut.values()) == {401}, shut
    assert _without_sessions(all_rows()) == before


@pytest.mark.parametrize("by", ["session", "token"])
def test_a_lower_role_reads_on_and_writes_no_more(world, office, bob, by):
    visitor = Visitor(world, bob, make_client(bob if by == "session" else make_token(bob)))
    office.demote()
    before = _without_sessions(all_rows()), all_files()
    assert set(visitor.reads().values()) == OPEN
    assert set(visitor.writes().values()) == {403}
    assert (_without_sessions(all_rows()), all_files()) == before


def test_a_new_member_again_goes_on_where_they_were(world, office, bob, gql, alice):
    """What was half sent is not lost by a mistake of the owner's."""
    visitor = Visitor(world, bob, make_client(bob))
    office.demote()
    assert visitor.send_chunk(1) == 403
    Membership.objects.filter(pk=office.membership.pk).update(role="editor")
    assert visitor.send_chunk(1) == 200
    assert visitor._post(f"/bulk/v1/uploads/{visitor.upload}/commit", {}).status_code == 200


def _without_sessions(rows: dict[str, str]) -> dict[str, str]:
    """A session that no longer counts is thrown away when it is shown again."""
    return {table: checksum for table, checksum in rows.items() if table != "django_session"}
