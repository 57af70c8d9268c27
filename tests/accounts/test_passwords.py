from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from apps.accounts.actor import Actor
from apps.accounts.models import PasswordLink, User
from apps.common.errors import Forbidden
from apps.projects.models import AuditEntry
from apps.projects.services.passwords import create_password_link
from tests.cast import PASSWORD, make_client, make_user

NEW = "violet tram 42 lemon"
CHANGE = """mutation ($old: String!, $new: String!) {
  changePassword(input: {currentPassword: $old, newPassword: $new}) { errors { code field message } }
}"""
ME = {"query": "{ me { username } }"}


@pytest.fixture
def admin(db):
    return make_user("admin", is_staff=True)


@pytest.fixture
def link(admin):
    user = User.objects.create_user("dora")
    return create_password_link(actor=Actor(user=admin, as_staff=True), user=user, purpose=PasswordLink.Purpose.INVITE)


def change(client, old, new):
    answer = client.post(
        "/graphql", {"query": CHANGE, "variables": {"old": old, "new": new}}, content_type="application/json"
    )
    return answer.json()["data"]["changePassword"]["errors"]


def who(client):
    me = client.post("/graphql", ME, content_type="application/json").json()["data"]["me"]
    return me and me["username"]


@pytest.mark.holds(8)
def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(alice):
    here, there = make_client(alice), make_client(alice)
    assert change(here, PASSWORD, NEW) == []
    assert (who(here), who(there)) == ("alice", None)
    assert User.objects.get().check_password(NEW)
    assert AuditEntry.objects.get().action == "password_changed"


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("wrong", NEW, "currentPassword"),
        (PASSWORD, "short", "newPassword"),
        (PASSWORD, "password123", "newPassword"),
        (PASSWORD, "x" * 2000, "newPassword"),
    ],
)
def test_a_wrong_old_or_a_bad_new_password_changes_nothing(alice, old, new, field):
    errors = change(make_client(alice), old, new)
    assert [(error["code"], error["field"]) for error in errors] == [("BAD_USER_INPUT", field)]
    assert User.objects.get().check_password(PASSWORD)


def test_a_token_cannot_change_the_password(alice, token_for):
    errors = change(make_client(token_for(alice)), PASSWORD, NEW)
    assert errors[0]["code"] == "FORBIDDEN"
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.holds(9)
def test_the_current_password_cannot_be_guessed_through_the_change(alice):
    client = make_client(alice)
    for _ in range(10):
        change(client, "wrong", NEW)
    assert change(client, PASSWORD, NEW)[0]["code"] == "RATE_LIMITED"


@pytest.mark.holds(5)
def test_a_link_lets_its_user_set_a_password_once_and_signs_in(client, link):
    assert client.get(f"/auth/link/{link}").json() == {"username": "dora", "purpose": "invite"}
    response = client.post(f"/auth/link/{link}", {"password": NEW}, content_type="application/json")
    assert response.json() == {"username": "dora"}
    assert who(client) == "dora"
    again = Client().post(f"/auth/link/{link}", {"password": "another one 77"}, content_type="application/json")
    assert again.status_code == 404
    assert User.objects.get(username="dora").check_password(NEW)


@pytest.mark.holds(7)
def test_a_link_is_stored_only_as_a_digest(link):
    assert link not in str(PasswordLink.objects.values().get())


def test_a_bad_password_leaves_the_link_usable(client, link):
    assert client.post(f"/auth/link/{link}", {"password": "short"}, content_type="application/json").status_code == 422
    assert client.get(f"/auth/link/{link}").status_code == 200


@pytest.mark.parametrize("fields", [{"expires_at": timezone.now() - timedelta(seconds=1)}, {"used_at": timezone.now()}])
def test_a_link_that_is_old_or_used_is_not_found(client, link, fields):
    PasswordLink.objects.update(**fields)
    assert client.get(f"/auth/link/{link}").status_code == 404


def test_a_link_of_a_disabled_user_is_not_found(client, link):
    User.objects.filter(username="dora").update(is_active=False)
    assert client.get(f"/auth/link/{link}").status_code == 404


@pytest.mark.holds(5)
def test_a_made_up_link_is_not_found(client, db):
    assert client.get("/auth/link/nonsense").status_code == 404


@pytest.mark.holds(8)
def test_a_reset_ends_the_sessions_of_whoever_knew_the_old_password(client, admin, alice):
    thief = make_client(alice)
    secret = create_password_link(
        actor=Actor(user=admin, as_staff=True), user=alice, purpose=PasswordLink.Purpose.RESET
    )
    assert client.post(f"/auth/link/{secret}", {"password": NEW}, content_type="application/json").status_code == 200
    assert who(thief) is None


def test_a_newer_link_replaces_the_one_before(client, admin, link):
    user = User.objects.get(username="dora")
    newer = create_password_link(actor=Actor(user=admin, as_staff=True), user=user, purpose=PasswordLink.Purpose.INVITE)
    assert client.get(f"/auth/link/{link}").status_code == 404
    assert client.get(f"/auth/link/{newer}").status_code == 200


def test_only_staff_makes_links(alice):
    with pytest.raises(Forbidden):
        create_password_link(actor=Actor(user=alice), user=alice, purpose=PasswordLink.Purpose.RESET)
    assert not PasswordLink.objects.exists()


@pytest.mark.parametrize("username", ["", "has space", "ümlaut", "-dash", "a/b", "x" * 61, "a\n"])
def test_a_username_that_cannot_be_a_namespace_is_refused(db, username):
    with pytest.raises(ValidationError):
        User(username=username, password="x").full_clean()


def test_two_usernames_cannot_differ_by_case_alone(alice):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("Alice")
