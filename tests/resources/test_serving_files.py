from __future__ import annotations

import os
import socket
import time

import pytest

from apps.accounts.actor import Actor
from apps.datasets.models import Resource, ResourceKind, ResourceRootGrant
from apps.projects.services.projects import create_project
from tests.resources.conftest import picture


def get(client_for, caller, resource, **headers):
    return client_for(caller).get(f"/resources/{resource.pk}", headers=headers)


@pytest.mark.parametrize(
    ("content", "media_type", "disposition"),
    [
        (picture(), "image/png", "inline"),
        (picture(format="JPEG"), "image/jpeg", "inline"),
        (picture(format="WEBP"), "image/webp", "inline"),
        (picture(format="GIF"), "image/gif", "inline"),
        (picture(format="BMP"), "image/bmp", "inline"),
        (b"<html><script>alert(1)</script>", "application/octet-stream", "attachment"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "application/octet-stream", "attachment"),
        (b"%PDF-1.7", "application/octet-stream", "attachment"),
        (b"", "application/octet-stream", "attachment"),
    ],
)
def test_only_what_is_an_image_is_shown_whatever_its_name(client_for, vera, uploaded, content, media_type, disposition):
    answer = get(client_for, vera, uploaded(content, "x.png"))
    assert answer.status_code == 200
    assert answer.content == content
    assert answer["Content-Type"] == media_type
    assert answer["Content-Disposition"].startswith(disposition)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert answer["Cache-Control"].startswith("private")


@pytest.mark.holds(18)
def test_a_name_cannot_break_out_of_its_header(client_for, vera, uploaded):
    answer = get(client_for, vera, uploaded(b"x", 'a"\r\nSet-Cookie: x=1; ü/../b".png'))
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''b%22.png"
    assert "Set-Cookie" not in answer


def test_the_same_bytes_are_not_sent_twice(client_for, vera, uploaded):
    resource = uploaded(picture())
    etag = get(client_for, vera, resource)["ETag"]
    again = get(client_for, vera, resource, if_none_match=etag)
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.holds(15)
@pytest.mark.parametrize(("who", "status"), [("charlie", 404), (None, 401)])
@pytest.mark.parametrize("path", ["", "/thumbnail"])
def test_strangers_get_nothing_not_even_an_unchanged(client_for, request, uploaded, who, status, path):
    resource = uploaded(picture())
    caller = request.getfixturevalue(who) if who else None
    answer = client_for(caller).get(f"/resources/{resource.pk}{path}", headers={"If-None-Match": "*"})
    assert answer.status_code == status
    unknown = client_for(caller).get(f"/resources/{resource.pk + 999}{path}")
    assert unknown.status_code == status
    assert answer.json()["error"]["message"] == unknown.json()["error"]["message"]


def test_a_token_of_another_project_gets_nothing(client_for, alice, token_for, uploaded):
    other = create_project(actor=Actor(user=alice), name="Other")
    resource = uploaded(picture())
    assert get(client_for, token_for(alice, scope="read"), resource).status_code == 200
    assert get(client_for, token_for(alice, project=other), resource).status_code == 404


@pytest.mark.holds(15)
def test_texts_and_references_have_nothing_to_serve(client_for, vera, project, referenced):
    text = Resource.objects.create(
        project=project, kind=ResourceKind.TEXT, text="root:photos/a.png", size=1, sha256="a", path=""
    )
    for resource in (text, referenced("https://example.org/cat.png"), referenced("file:///etc/passwd")):
        assert get(client_for, vera, resource).status_code == 404


def test_files_of_a_granted_root_are_served(client_for, vera, root, referenced):
    (root / "cats").mkdir()
    (root / "cats" / "a b.png").write_bytes(picture())
    answer = get(client_for, vera, referenced("root:photos/cats/a b.png"))
    assert answer.content == picture()
    assert answer["Content-Type"] == "image/png"


def test_a_link_inside_the_root_may_point_inside_the_root(client_for, vera, root, referenced):
    (root / "real.png").write_bytes(picture())
    (root / "link.png").symlink_to(root / "real.png")
    assert get(client_for, vera, referenced("root:photos/link.png")).status_code == 200


@pytest.mark.holds(15)
def test_a_root_is_checked_again_when_it_is_served(client_for, vera, root, referenced, settings):
    (root / "a.png").write_bytes(picture())
    resource = referenced("root:photos/a.png")
    assert get(client_for, vera, resource).status_code == 200
    settings.CHROMA_RESOURCE_ROOTS = {}
    assert get(client_for, vera, resource).status_code == 404
    settings.CHROMA_RESOURCE_ROOTS = {"photos": root}
    ResourceRootGrant.objects.all().delete()
    assert get(client_for, vera, resource).status_code == 404


@pytest.mark.holds(15)
@pytest.mark.parametrize(
    "path",
    [
        "../canary.txt",
        "..%2fcanary.txt",
        "%2e%2e/canary.txt",
        "%252e%252e/canary.txt",
        "..\\canary.txt",
        "./../canary.txt",
        "x/../../canary.txt",
        "x;/../canary.txt",
        "....//canary.txt",
        "/etc/passwd",
        "//etc/passwd",
        "{canary}",
        "/{canary}",
        "~/.ssh/id_rsa",
        "file:///etc/passwd",
        "C:\\x",
        "\\\\host\\share",
        "con",
        "x::$DATA",
        "y" * 300,
        "y/" * 300,
        ".",
        "..",
        "",
        "/",
        "folder",
        "nowhere.png",
        "escape/canary.txt",
        "escaping.txt",
        "loop",
        "pipe",
        "socket",
        "zero",
    ],
)
def test_nothing_but_a_regular_file_inside_the_root_is_ever_read(client_for, vera, root, referenced, path):
    (root / "folder").mkdir()
    (root / "escape").symlink_to(root.parent)
    (root / "escaping.txt").symlink_to(root.parent / "canary.txt")
    (root / "loop").symlink_to(root / "loop")
    (root / "zero").symlink_to("/dev/zero")
    os.mkfifo(root / "pipe")
    uri = f"root:photos/{path.format(canary=root.parent / 'canary.txt')}"
    resource = referenced(uri)
    started = time.monotonic()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(root / "socket"))
        for address in ("", "/thumbnail"):
            answer = client_for(vera).get(f"/resources/{resource.pk}{address}")
            assert answer.status_code == 404
            assert b"CANARY" not in answer.content
    assert time.monotonic() - started < 5


@pytest.mark.holds(15)
@pytest.mark.parametrize(
    "uri", ["root:photos", "root:", "root:photos/", "root:other/a.png", "root:pho/tos/a.png", "ROOT:photos/a.png"]
)
def test_what_names_no_granted_root_is_not_found(client_for, vera, root, referenced, uri):
    (root / "a.png").write_bytes(picture())
    assert get(client_for, vera, referenced(uri)).status_code == 404
