"""Every admin page, to everybody."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import get_resolver
from django.utils import timezone

from apps.accounts.models import PasswordLink
from apps.datasets.models import ResourceRootGrant
from apps.jobs.models import WorkerHeartbeat
from tests.cast import make_client, make_token
from tests.site import admin_pages
from tests.site.test_doors import all_routes
from tests.world import make_world

pytestmark = pytest.mark.holds(3)


@pytest.fixture
def addresses(alice, sam, project) -> dict[str, int]:
    """The address of every page of every model, and what it answers to staff."""
    make_world(alice, project)
    now = timezone.now()
    PasswordLink.objects.create(user=alice, purpose="reset", digest="x", created_by=sam, expires_at=now)
    ResourceRootGrant.objects.create(project=project, root="photos")
    WorkerHeartbeat.objects.create(host="here", pid=1, seen_at=now)
    found = {}
    for name, rights in admin_pages.MODELS.items():
        pk = apps.get_model(*name.split("/"))._default_manager.values_list("pk", flat=True)[0]
        for page, needed in admin_pages.PAGES.items():
            opened = 302 if page == "<path:object_id>/" else 200  # leads on to change/
            found[f"/admin/{name}/{page.replace('<path:object_id>', str(pk))}"] = opened if needed in rights else 403
    return found


def test_every_admin_page_is_in_the_table():
    routes = {route for route in all_routes(get_resolver()) if route.startswith("admin/")}
    # The apps stand in it in the order in which they were loaded.
    assert {re.sub(r"\^\(\?P<app_label>[\w|]+\)/\$", "<app_label>/", route) for route in routes} == admin_pages.routes()


def test_the_table_says_what_staff_can_do_to_each_model(sam, rf):
    request = rf.get("/admin/")
    request.user = sam
    for model, page in admin.site._registry.items():
        allowed = {name if name != "view" else "look" for name, may in page.get_model_perms(request).items() if may}
        assert allowed == admin_pages.MODELS[f"{model._meta.app_label}/{model._meta.model_name}"], model


def test_staff_opens_the_pages_of_the_table(addresses, sam):
    client = make_client(sam)
    assert {address: client.get(address).status_code for address in addresses} == addresses


def test_staff_opens_the_frame_of_the_admin(sam):
    paths = {
        "<app_label>/": "jobs/",
        "(?P<url>.*)$": "r/1/nothing/",
    }
    client = make_client(sam)
    answers = {page: client.get(f"/admin/{paths.get(page, page)}").status_code for page in admin_pages.FRAME}
    assert answers == admin_pages.FRAME


@pytest.mark.holds(5)
def test_nobody_else_opens_any(addresses, request):
    callers = {who: request.getfixturevalue(who) for who in ("alice", "bob", "vera", "charlie", "sam")}
    clients = {who: make_client(user) for who, user in callers.items() if who != "sam"}
    clients["token of staff"] = make_client(make_token(callers["sam"]))
    anonymous = make_client(None)
    for address in addresses:
        assert anonymous.get(address).headers["Location"].startswith("/admin/login/"), address
        for who, client in clients.items():
            response = client.get(address)
            assert response.headers["Location"].startswith("/admin/login/"), (who, address)
    for who, client in clients.items():
        assert client.get("/admin/login/").status_code == 403, who


def test_nobody_else_changes_anything_there(addresses, alice, charlie):
    for caller in (None, alice, charlie):
        client = make_client(caller)
        for address in addresses:
            assert client.post(address, {"post": "yes", "name": "stolen"}).status_code in {302, 403}, address
    alice.refresh_from_db()
    assert alice.tokens.get().revoked_at is None
    assert alice.memberships.get().project.name == "MNIST"
    assert alice.memberships.get().project.datasets.get().name == "train"
