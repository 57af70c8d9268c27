from __future__ import annotations

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from apps.accounts.models import ApiToken, PasswordLink, User
from apps.projects.models import AuditEntry, Membership, Project
from tests.cast import make_client, make_user


@pytest.fixture
def staff(db):
    return make_user("root", is_staff=True, is_superuser=True)


@pytest.fixture
def office(staff):
    return make_client(staff)


def pages():
    for model in admin.site._registry:
        yield f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"


def last_action() -> str:
    return AuditEntry.objects.values_list("action", flat=True).first()


def test_every_list_opens_for_staff(office, alice, bob, project, token_for):
    token_for(alice)
    for page in pages():
        for query in ({}, {"q": "alice"}):
            response = office.get(reverse(page), query)
            assert response.status_code == 200, page


@pytest.mark.holds(3, 5)
@pytest.mark.parametrize("who", ["alice", "bob", "vera", "charlie"])
def test_nobody_else_gets_in(request, project, who):
    client = make_client(request.getfixturevalue(who))
    for page in ["admin:index", *pages()]:
        assert client.get(reverse(page), follow=True).status_code == 403


def test_anonymous_visitors_are_sent_to_the_sign_in_of_the_ui(client, db):
    response = client.get("/admin/projects/project/", follow=False)
    final = client.get(response.headers["Location"])
    assert final.headers["Location"] == "/login?next=%2Fadmin%2Fprojects%2Fproject%2F"


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/\\evil", "javascript:alert(1)"])
def test_the_sign_in_leads_nowhere_else(client, db, target):
    assert client.get("/admin/login/", {"next": target}).headers["Location"] == "/login?next=%2Fadmin%2F"


@pytest.mark.holds(3)
def test_an_api_token_of_staff_does_not_open_the_admin(staff, token_for):
    assert make_client(token_for(staff)).get("/admin/", follow=True).status_code == 403


@pytest.mark.holds(7)
def test_secrets_are_on_no_page(office, alice, token_for):
    secret = token_for(alice)
    token = ApiToken.objects.get()
    for path in ("/admin/accounts/apitoken/", f"/admin/accounts/apitoken/{token.pk}/change/"):
        text = office.get(path).content.decode()
        assert secret not in text
        assert token.digest not in text


@pytest.mark.holds(17)
def test_the_pages_of_django_q_do_not_exist(office):
    assert not [model for model in admin.site._registry if model._meta.app_label == "django_q"]
    assert office.get("/admin/django_q/task/").status_code == 404


def test_inviting_a_person_shows_a_link_once(office, client):
    response = office.post("/admin/accounts/user/add/", {"username": "dora", "email": ""}, follow=True)
    link = re.search(r"/welcome/([\w-]{43})", response.content.decode()).group(1)
    assert not User.objects.get(username="dora").has_usable_password()
    assert client.get(f"/auth/link/{link}").json()["username"] == "dora"
    assert link not in office.get("/admin/accounts/user/").content.decode()
    assert {"invited", "link_created"} <= set(AuditEntry.objects.values_list("action", flat=True))


def test_a_bad_username_is_refused_with_what_is_allowed(office):
    response = office.post("/admin/accounts/user/add/", {"username": "has space", "email": ""})
    assert "starts with a letter or digit" in response.content.decode()
    assert not User.objects.filter(username="has space").exists()


def test_a_reset_link_is_made_by_an_action(office, alice):
    data = {"action": "make_link", "_selected_action": [str(alice.pk)]}
    response = office.post("/admin/accounts/user/", data, follow=True)
    assert "/welcome/" in response.content.decode()
    assert PasswordLink.objects.get().purpose == "reset"


def test_disabling_a_person_is_audited(office, alice):
    office.post(f"/admin/accounts/user/{alice.pk}/change/", {"email": "a@example.org"})
    alice.refresh_from_db()
    assert (alice.is_active, alice.email) == (False, "a@example.org")
    assert last_action() == "updated"


def test_staff_cannot_lock_themselves_out(office, staff):
    office.post(f"/admin/accounts/user/{staff.pk}/change/", {"email": "", "is_staff": "on"})
    staff.refresh_from_db()
    assert staff.is_active
    assert not AuditEntry.objects.exists()


def test_tokens_are_revoked_by_an_action(office, alice, token_for):
    token_for(alice)
    token = ApiToken.objects.get()
    office.post("/admin/accounts/apitoken/", {"action": "revoke", "_selected_action": [str(token.pk)]})
    token.refresh_from_db()
    assert token.revoked_at is not None
    assert last_action() == "token_revoked"


def test_projects_and_members_are_edited_through_services(office, alice, bob, charlie, project):
    office.post(f"/admin/projects/project/{project.pk}/change/", {"name": "Digits", "description": ""})
    assert last_action() == "renamed"
    membership = Membership.objects.get(project=project, user=bob)
    office.post(f"/admin/projects/membership/{membership.pk}/change/", {"role": "owner"})
    assert last_action() == "role_changed"
    office.post("/admin/projects/membership/add/", {"project": project.pk, "user": charlie.pk, "role": "viewer"})
    assert Membership.objects.get(project=project, user=charlie).accepted_at is None
    office.post(f"/admin/projects/membership/{membership.pk}/delete/", {"post": "yes"})
    assert last_action() == "removed"
    owner = Membership.objects.get(project=project, user=alice)
    office.post(f"/admin/projects/membership/{owner.pk}/delete/", {"post": "yes"})
    assert Membership.objects.filter(pk=owner.pk).exists()
    office.post(f"/admin/projects/project/{project.pk}/delete/", {"post": "yes"})
    assert Project.objects.get(pk=project.pk).deleted_at is not None
    assert AuditEntry.objects.filter(actor_name="root").count() == 5


@pytest.mark.holds(3)
def test_the_history_cannot_be_edited(office, alice, project):
    entry = AuditEntry.objects.get(target_name="alice/MNIST")
    assert office.post(f"/admin/projects/auditentry/{entry.pk}/change/", {"action": "x"}).status_code == 403
    assert office.post(f"/admin/projects/auditentry/{entry.pk}/delete/", {"post": "yes"}).status_code == 403
    assert office.get("/admin/projects/auditentry/add/").status_code == 403


def test_users_are_never_deleted(office, alice):
    assert office.post(f"/admin/accounts/user/{alice.pk}/delete/", {"post": "yes"}).status_code == 403
