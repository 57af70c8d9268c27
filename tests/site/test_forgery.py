"""Requests that a page of another site makes in the browser of somebody who is signed in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import get_resolver

from tests.cast import make_user
from tests.site import doors
from tests.site.doors import Address
from tests.site.test_doors import all_routes
from tests.world import make_world

pytestmark = pytest.mark.holds(11)

SECRET = "forgery" * 4 + "0123"
TOKEN = "X-CSRFToken"
HERE = "http://testserver"
# A foreign page may add no header of its own; where it comes from is told by the browser, or by nobody.
FOREIGN = [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Referer": "https://evil.example/"}, {}]
# What a page may send elsewhere without asking first, and what the address itself takes.
SIMPLE = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
UNSAFE = [address for address in doors.ADDRESSES if address.method not in {"GET", "HEAD"}]
CREATE = 'mutation { createProject(input: {name: "Forged"}) { errors { code } } }'


@pytest.fixture
def world(db, alice, project):
    return make_world(alice, project)


def victim(user) -> Client:
    """The browser of somebody signed in who has our pages open: it sends all its cookies."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    client.cookies["csrftoken"] = SECRET
    return client


def everything() -> tuple[object, ...]:
    """All rows of all tables, and the names of all files."""
    models = [model for model in apps.get_models() if model is not Session]
    rows = {model: list(model._base_manager.order_by("pk").values_list()) for model in models}
    files = sorted(str(path) for path in Path(settings.CHROMA_DATA_DIR, "files").rglob("*"))
    return rows, files


@pytest.mark.parametrize("address", UNSAFE, ids=lambda address: f"{address.method} {address.route}")
def test_an_address_that_changes_something_obeys_only_pages_of_our_own(world, alice, address: Address):
    path, body, browser = address.path(world, alice), address.body(world), victim(alice)
    before = everything()
    for headers in FOREIGN:
        for content_type in [*SIMPLE, address.content_type]:
            sent = {**headers, **address.headers}
            response = browser.generic(address.method, path, body, content_type=content_type, headers=sent)
            assert response.status_code == 403, (headers, content_type)
            assert response.json()["error"]["code"] == "FORBIDDEN"
    assert everything() == before
    own = {"Origin": HERE, TOKEN: SECRET, **address.headers}
    response = browser.generic(address.method, path, body, content_type=address.content_type, headers=own)
    assert response.status_code == address.opened


@pytest.mark.parametrize("address", UNSAFE, ids=lambda address: f"{address.method} {address.route}")
def test_a_form_of_our_own_pages_is_refused_in_words_where_none_is_taken(world, alice, address: Address):
    own = {"Origin": HERE, TOKEN: SECRET, **address.headers}
    path, browser = address.path(world, alice), victim(alice)
    for form in SIMPLE[1:]:
        response = browser.generic(address.method, path, address.body(world), content_type=form, headers=own)
        assert response.status_code < 500, form


@pytest.mark.parametrize("headers", [*FOREIGN, {"Origin": "https://evil.example", TOKEN: SECRET}])
@pytest.mark.parametrize("content_type", [*SIMPLE, "application/json"])
def test_a_foreign_page_runs_no_mutation(world, alice, headers, content_type):
    browser, body = victim(alice), json.dumps({"query": CREATE})
    before = everything()
    response = browser.post("/graphql", body, content_type=content_type, headers=headers)
    assert response.status_code == 403
    assert everything() == before


@pytest.mark.parametrize("content_type", SIMPLE)
def test_even_with_the_token_a_form_is_no_operation(world, alice, content_type):
    browser, own = victim(alice), {"Origin": HERE, TOKEN: SECRET}
    before = everything()
    bodies = [
        json.dumps({"query": CREATE}),
        f"query={CREATE}",
        f'--x\r\nContent-Disposition: form-data; name="query"\r\n\r\n{CREATE}\r\n--x--\r\n',
    ]
    for body in bodies:
        assert browser.post("/graphql", body, content_type=content_type, headers=own).status_code in {400, 415}
    assert everything() == before
    response = browser.post("/graphql", json.dumps({"query": CREATE}), content_type="application/json", headers=own)
    assert response.json()["data"]["createProject"]["errors"] == []
    assert everything() != before


def test_an_address_read_by_a_foreign_page_changes_nothing(world, alice):
    browser, foreign = victim(alice), {"Origin": "https://evil.example", "Referer": "https://evil.example/"}
    paths = [address.path(world, alice) for address in doors.ADDRESSES if address.method == "GET"]
    before = everything()
    assert browser.get("/graphql", {"query": CREATE}, headers=foreign).status_code == 405
    for path in [*paths, "/admin/logout/"]:
        for method in ("GET", "HEAD", "OPTIONS"):
            browser.generic(method, path, headers=foreign)
    assert everything() == before
    assert browser.session.get("_auth_user_id") == str(alice.pk)


def test_no_page_of_the_admin_obeys_a_foreign_page(world):
    staff = make_user("root", is_staff=True, is_superuser=True)
    browser = victim(staff)
    before = everything()
    for route in sorted(route for route in all_routes(get_resolver()) if route.startswith("admin/")):
        path = "/" + route.replace("<path:object_id>", "1")
        if "<" in path or "(?P" in path:
            continue
        for headers in FOREIGN:
            assert browser.post(path, {"action": "delete_selected"}, headers=headers).status_code == 403, path
    assert everything() == before


def test_nobody_can_be_signed_in_or_out_by_a_foreign_page(world, alice):
    body = json.dumps({"username": "alice", "password": "correct horse battery"})
    stranger = Client(enforce_csrf_checks=True)
    for headers in FOREIGN:
        response = stranger.post("/auth/login", body, content_type="text/plain", headers=headers)
        assert response.status_code == 403
        assert "sessionid" not in response.cookies
        signed_in = victim(alice)
        assert signed_in.post("/auth/logout", headers=headers).status_code == 403
        assert signed_in.session.get("_auth_user_id") == str(alice.pk)
