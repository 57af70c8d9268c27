"""No path leads out of a resource root: not when it is logged, not when it is served, not when somebody swaps it."""

from __future__ import annotations

import os
import socket
import threading
import time
from pathlib import Path

import pytest

from apps.datasets.models import Datapoint, Resource, ResourceRootGrant
from tests.limits.conftest import CANARY
from tests.limits.paths import TRAVERSALS
from tests.resources.conftest import picture

pytestmark = pytest.mark.holds(15)
# Generous: it says that nothing waited, on a machine that may be busy.
SOON = 30.0
# What is refused when it is logged; the others name files that could well be called so.
REFUSED_WHEN_LOGGED = [path for path in TRAVERSALS if ".." in path.split("/") or "\\" in path or path[0] == "/"]


def fetched(client, resource):
    """The answers of both addresses of a resource, each of which must come at once."""
    answers = []
    for address in ("", "/thumbnail", "/thumbnail?region=0,0,0.5,0.5"):
        started = time.monotonic()
        answers.append(client.get(f"/resources/{resource.pk}{address}"))
        assert time.monotonic() - started < SOON
        assert CANARY not in b"".join(answers[-1]) + str(answers[-1].headers).encode()
    return answers


def test_no_path_that_leads_out_is_served(client_for, vera, root, referenced):
    (root / "x.png").write_bytes(picture())
    client = client_for(vera)
    for path in TRAVERSALS:
        resource = referenced(f"root:photos/{path.format(canary=root.parent / 'canary.txt')}")
        assert {answer.status_code for answer in fetched(client, resource)} == {404}, path


def test_paths_that_lead_out_are_not_logged(uploader, root):
    assert len(REFUSED_WHEN_LOGGED) > 20
    for path in REFUSED_WHEN_LOGGED:
        uri = f"root:photos/{path.format(canary=root.parent / 'canary.txt')}"
        answer = uploader.try_log({"key": ["a"], "uri": [uri]})
        error = answer.json()["error"]
        assert (answer.status_code, error["code"], error["field"]) == (422, "BAD_USER_INPUT", "uri"), path
        assert "inside its resource root" in error["message"], path
        assert str(root) not in answer.content.decode()
    assert not Datapoint.objects.exists()
    assert not Resource.objects.exists()


@pytest.mark.parametrize(
    "encoded", ["1/../2", "1%2f..%2f2", "..%2f..%2fetc%2fpasswd", "%2e%2e/healthz", "-1", "1;x", "0x1"]
)
def test_resources_are_asked_for_by_number_and_nothing_else(client_for, vera, uploaded, encoded):
    uploaded(picture())
    for address in (f"/resources/{encoded}", f"/resources/{encoded}/thumbnail"):
        assert client_for(vera).get(address).status_code in {302, 404}
        assert client_for(vera).get(address, follow=True).status_code == 404


def test_what_is_no_plain_file_is_not_found_at_once(client_for, vera, root, referenced):
    (root / "folder").mkdir()
    (root / "out").symlink_to(root.parent)
    (root / "deep").symlink_to(root / "folder")
    (root / "folder" / "out.txt").symlink_to("../../canary.txt")
    (root / "loop").symlink_to(root / "loop")
    (root / "round").mkdir()
    (root / "round" / "again").symlink_to(root / "round")
    (root / "endless").symlink_to("/dev/zero")
    (root / "terminal").symlink_to("/dev/tty")
    (root / "self").symlink_to("/proc/self/environ")
    os.mkfifo(root / "pipe")
    os.link(root.parent / "canary.txt", root / "hard.txt")
    names = ["folder", "out/canary.txt", "deep/out.txt", "loop", "round/again/again", "endless", "terminal", "self"]
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(root / "socket"))
        for name in [*names, "pipe", "hard.txt", "socket"]:
            answers = fetched(client_for(vera), referenced(f"root:photos/{name}"))
            assert {answer.status_code for answer in answers} == {404}, name


def test_a_device_in_the_root_is_not_read(client_for, vera, root, referenced, settings):
    settings.CHROMA_RESOURCE_ROOTS = {"photos": Path("/dev")}
    for name in ("zero", "random", "null", "stdin", "fd/0"):
        answers = fetched(client_for(vera), referenced(f"root:photos/{name}"))
        assert {answer.status_code for answer in answers} == {404}, name


def test_a_file_that_the_server_may_not_read_is_not_found(client_for, vera, root, referenced, monkeypatch):
    (root / "a.png").write_bytes(picture())
    really_open = os.open

    def refuse(path, *rest, **options):
        if path == "a.png":
            raise PermissionError(path)
        return really_open(path, *rest, **options)

    monkeypatch.setattr(os, "open", refuse)
    assert {answer.status_code for answer in fetched(client_for(vera), referenced("root:photos/a.png"))} == {404}


def test_an_empty_file_is_served_as_such_and_has_no_thumbnail(client_for, vera, root, referenced):
    (root / "a.png").touch()
    whole, small, _ = fetched(client_for(vera), referenced("root:photos/a.png"))
    assert (whole.status_code, whole.content, small.status_code) == (200, b"", 415)


def test_of_a_growing_file_no_more_is_sent_than_it_had(client_for, vera, root, referenced):
    resource, ended = referenced("root:photos/log.txt"), threading.Event()

    def grow() -> None:
        with (root / "log.txt").open("ab") as file:
            while not ended.is_set():
                file.write(b"x" * 1000)
                file.flush()
                time.sleep(0.001)

    (root / "log.txt").write_bytes(b"x")
    thread = threading.Thread(target=grow)
    thread.start()
    try:
        for _ in range(20):
            answer = client_for(vera).get(f"/resources/{resource.pk}")
            assert answer.status_code == 200
            assert int(answer["ETag"].strip('"').rpartition("-")[2], 16) == len(answer.content)
    finally:
        ended.set()
        thread.join()


@pytest.mark.parametrize("swapped", ["file", "folder"])
def test_a_path_that_is_swapped_while_it_is_opened_never_leads_out(client_for, vera, root, referenced, swapped):
    """A thread swaps a file, or its folder, for a link to the canary as fast as it can."""
    inside, outside = root / "cats", root.parent / "outside"
    for folder in (inside, outside):
        folder.mkdir()
    (inside / "a.txt").write_bytes(b"cat")
    (outside / "a.txt").write_bytes(CANARY)
    target = inside / "a.txt" if swapped == "file" else inside
    away, link = root / "away", root / "link"
    link.symlink_to(outside / "a.txt" if swapped == "file" else outside)
    resource, ended = referenced("root:photos/cats/a.txt"), threading.Event()

    def swap() -> None:
        while not ended.is_set():
            target.rename(away)
            link.rename(target)
            target.rename(link)
            away.rename(target)

    thread = threading.Thread(target=swap)
    thread.start()
    seen = set()
    try:
        until = time.monotonic() + 2
        while time.monotonic() < until:
            answer = client_for(vera).get(f"/resources/{resource.pk}")
            assert CANARY not in answer.content
            seen.add(answer.status_code)
    finally:
        ended.set()
        thread.join()
    assert seen <= {200, 404}
    assert 200 in seen, "the race must be run with files that can be read"


def test_a_grant_that_is_taken_back_ends_the_next_request(client_for, vera, root, referenced):
    (root / "a.png").write_bytes(picture())
    client, resource = client_for(vera), referenced("root:photos/a.png")
    assert [answer.status_code for answer in fetched(client, resource)] == [200, 200, 200]
    etag = client.get(f"/resources/{resource.pk}")["ETag"]
    ResourceRootGrant.objects.all().delete()
    assert {answer.status_code for answer in fetched(client, resource)} == {404}
    # Neither what the browser keeps nor what the server drew before is confirmed any more.
    assert client.get(f"/resources/{resource.pk}", headers={"If-None-Match": etag}).status_code == 404
