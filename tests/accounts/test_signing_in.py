from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from apps.accounts.models import TokenBucket, User
from tests.cast import PASSWORD

WRONG = {"code": "UNAUTHENTICATED", "message": "The username or the password is wrong."}


def sign_in(client, username, password, **extra):
    body = {"username": username, "password": password}
    return client.post("/auth/login", body, content_type="application/json", **extra)


def test_the_right_password_signs_in_and_out_again(client, alice):
    assert sign_in(client, "alice", PASSWORD).json() == {"username": "alice"}
    assert who(client) == "alice"
    assert client.post("/auth/logout").status_code == 204
    assert who(client) is None


def test_the_username_is_found_whatever_its_case(client, alice):
    assert sign_in(client, "Alice", PASSWORD).json() == {"username": "alice"}


@pytest.mark.holds(9)
@pytest.mark.parametrize(("username", "password"), [("alice", "wrong"), ("nobody", "wrong"), ("gone", PASSWORD)])
def test_wrong_unknown_and_disabled_give_one_answer(client, alice, username, password):
    User.objects.create_user("gone", password=PASSWORD, is_active=False)
    response = sign_in(client, username, password)
    assert response.status_code == 401
    error = response.json()["error"]
    assert {key: error[key] for key in WRONG} == WRONG
    assert who(client) is None


@pytest.mark.holds(9)
def test_an_unknown_name_costs_a_password_hash_too(client, alice, monkeypatch):
    hashed = []
    monkeypatch.setattr(User, "set_password", lambda self, password: hashed.append(password))
    sign_in(client, "nobody", "wrong")
    assert hashed == ["wrong"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"username": "", "password": "x"}, 400),
        ({"username": "alice", "password": ""}, 400),
        ({"username": ["alice"], "password": "x"}, 400),
        ({"username": "a" * 300, "password": "x"}, 400),
        ({"username": "al\u202eice", "password": "x"}, 400),
        ({"username": "al\x00ice", "password": "x"}, 400),
        ({"username": "alice", "password": "x" * 2000}, 400),
        ({"username": "alice", "password": "x" * 100_000}, 413),
    ],
)
def test_what_cannot_be_a_sign_in_is_refused_and_not_counted(client, alice, body, status):
    assert client.post("/auth/login", body, content_type="application/json").status_code == status
    assert not TokenBucket.objects.exists()


@pytest.mark.holds(9)
def test_the_eleventh_wrong_try_must_wait_even_with_the_right_password(client, alice):
    for _ in range(10):
        assert sign_in(client, "alice", "wrong").status_code == 401
    response = sign_in(client, "alice", PASSWORD)
    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 360
    assert response.json()["error"]["code"] == "RATE_LIMITED"
    assert who(client) is None


@pytest.mark.holds(9)
def test_twenty_tries_from_one_address_use_it_up_whatever_it_claims_to_be(client, alice):
    for number in range(20):
        assert (
            sign_in(client, f"nobody{number}", "x", headers={"X-Forwarded-For": f"10.0.0.{number}"}).status_code == 401
        )
    assert sign_in(client, "alice", PASSWORD, headers={"X-Forwarded-For": "10.0.0.99"}).status_code == 429
    assert sign_in(client, "alice", PASSWORD, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_successful_tries_are_not_counted(client, alice):
    for _ in range(15):
        assert sign_in(client, "alice", PASSWORD).status_code == 200


def test_tries_come_back_with_time(client, alice, monkeypatch):
    for _ in range(11):
        sign_in(client, "alice", "wrong")
    later = timezone.now() + timedelta(minutes=7)
    monkeypatch.setattr("apps.accounts.throttle.timezone.now", lambda: later)
    assert sign_in(client, "alice", PASSWORD).status_code == 200


def test_signing_in_needs_the_csrf_token(alice):
    client = Client(enforce_csrf_checks=True)
    refused = sign_in(client, "alice", PASSWORD)
    assert refused.status_code == 403
    assert refused.json()["error"]["code"] == "FORBIDDEN"
    client.get("/")
    token = client.cookies["csrftoken"].value
    assert sign_in(client, "alice", PASSWORD, headers={"X-CSRFToken": token}).status_code == 200


def test_a_form_of_another_site_is_refused(alice):
    client = Client(enforce_csrf_checks=True)
    client.get("/")
    headers = {"X-CSRFToken": client.cookies["csrftoken"].value, "Origin": "https://evil.example"}
    assert sign_in(client, "alice", PASSWORD, headers=headers).status_code == 403


def test_signing_in_throws_expired_sessions_away(client, alice):
    Session.objects.create(session_key="old", session_data="", expire_date=timezone.now() - timedelta(days=1))
    sign_in(client, "alice", PASSWORD)
    assert list(Session.objects.values_list("session_key", flat=True)) == [client.cookies["sessionid"].value]


def test_session_cookies_cannot_be_read_by_scripts_nor_sent_by_other_sites(client, alice):
    sign_in(client, "alice", PASSWORD)
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def who(client) -> str | None:
    answer = client.post("/graphql", {"query": "{ me { username } }"}, content_type="application/json").json()
    return answer["data"]["me"] and answer["data"]["me"]["username"]
