"""What every answer tells the browser, whoever asks and however it ends."""

from __future__ import annotations

from contextlib import closing

import pytest
from django.test import Client
from django.urls import get_resolver

from tests.cast import PASSWORD, make_client, make_user
from tests.site import doors
from tests.site.test_doors import all_routes, undone
from tests.world import make_world

pytestmark = pytest.mark.holds(13)

FOREIGN = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}


@pytest.fixture
def world(db, alice, project):
    return make_world(alice, project)


def check(response, where: object) -> None:
    headers = response.headers
    assert headers["X-Content-Type-Options"] == "nosniff", where
    assert headers["X-Frame-Options"] == "DENY", where
    assert headers["Referrer-Policy"] == "same-origin", where
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin", where
    assert headers["X-Request-Id"], where
    assert not [name for name in headers if name.lower().startswith("access-control-")], where
    policy = policy_of(response)
    assert policy["frame-ancestors"] == ["'none'"], where
    scripts = policy.get("script-src", policy["default-src"])
    assert scripts in (["'self'"], ["'none'"]), where
    assert policy.get("object-src", policy["default-src"]) == ["'none'"], where
    assert "base-uri" in policy or "sandbox" in policy, where
    for cookie in (each for each in response.cookies.values() if each.value):
        assert cookie["samesite"] == "Lax", where
        assert cookie["httponly"] or cookie.key == "csrftoken", where  # our pages read that one and send it back


def policy_of(response) -> dict[str, list[str]]:
    parts = [part.split() for part in response.headers["Content-Security-Policy"].split(";") if part.strip()]
    return {name: values for name, *values in parts}


@pytest.mark.parametrize("who", ["anonymous", "charlie", "alice"])
def test_every_address_answers_with_strict_headers_well_or_ill(world, alice, charlie, who):
    caller = {"anonymous": None, "charlie": charlie, "alice": alice}[who]
    for address in doors.ADDRESSES:
        for method in {address.method, "GET", "OPTIONS", "DELETE"}:
            with undone():
                path, body = address.path(world, alice), address.body(world)
                sent = {**address.headers, **FOREIGN}
                response = make_client(caller).generic(
                    method, path, body, content_type=address.content_type, headers=sent
                )
                check(response, (method, path))
                b"".join(response)


@pytest.mark.parametrize("path", ["/resources/{resource}", "/resources/{resource}/thumbnail"])
def test_what_somebody_uploaded_is_shown_in_a_sandbox(world, alice, path):
    response = make_client(alice).get(path.format(**world.ids))
    policy = policy_of(response)
    assert policy["sandbox"] == []  # no permission at all
    assert policy["default-src"] == ["'none'"]
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    unchanged = make_client(alice).get(path.format(**world.ids), headers={"If-None-Match": response.headers["ETag"]})
    assert unchanged.status_code == 304
    check(unchanged, path)


def test_every_page_of_the_admin_has_strict_headers(world):
    staff = make_client(make_user("root", is_staff=True, is_superuser=True))
    for route in all_routes(get_resolver()):
        path = "/" + route.replace("<path:object_id>", "1")
        if route.startswith("admin/") and "<" not in path and "(?P" not in path:
            check(staff.get(path), path)
            check(make_client(None).get(path), path)


@pytest.mark.parametrize(
    "path", ["/static/admin/css/base.css", "/static/missing.js", "/static/../settings.py", "/nothing"]
)
def test_files_and_what_is_not_there_have_strict_headers(client, db, path):
    with closing(client.get(path, headers=FOREIGN)) as response:
        check(response, path)


def test_refusals_before_any_view_have_strict_headers(client, db, alice):
    check(client.get("/", headers={"Host": "evil.example"}), "host")
    check(client.get("/graphql", {"query": "{ me { id } }"}), "method")
    check(client.post("/graphql", b"x" * 3_000_000, content_type="application/json"), "size")
    check(Client(enforce_csrf_checks=True).post("/auth/login"), "forgery")
    check(make_client("chr_" + "x" * 43).get("/"), "token")
    check(client.get("/", {"token": "chr_" + "x" * 43}), "token in the address")


def test_even_a_failure_inside_has_strict_headers(db, alice, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("apps.projects.views.find_link", fail)
    monkeypatch.setattr("chroma_site.views.current_bundle", fail)
    client = Client(raise_request_exception=False)
    for path in ("/auth/link/x", "/"):
        response = client.get(path)
        assert response.status_code == 500
        check(response, path)


def test_the_session_cookie_is_for_our_pages_alone(client, alice, settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    body = {"username": "alice", "password": PASSWORD}
    response = client.post("/auth/login", body, content_type="application/json")
    check(response, "login")
    assert set(response.cookies) == {"sessionid", "csrftoken"}
    for cookie in response.cookies.values():
        assert cookie["secure"], cookie.key
        assert cookie["path"] == "/"
        assert not cookie["domain"]
