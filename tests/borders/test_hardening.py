"""The settings that must not be loosened by chance."""

from __future__ import annotations

import re
from importlib.metadata import version

import pytest
from django.conf import settings
from django.db import connection

from chroma_site.guards import budget
from chroma_site.schema import schema
from chroma_site.websocket import websocket_urlpatterns
from tests.live import CHECKOUT

# Below these, holes are known that we would inherit.
LOWEST = {
    "channels": "4.3", "daphne": "4.2.2", "django": "5.2.19", "pillow": "12.3", "pyarrow": "26",
    "strawberry-graphql": "0.327.2", "strawberry-graphql-django": "0.93",
}  # fmt: skip
PRAGMAS = ("journal_mode", "busy_timeout", "foreign_keys")


def test_settings_are_strict():
    assert not settings.DEBUG
    assert len(settings.SECRET_KEY) >= 50
    assert len(set(settings.SECRET_KEY)) >= 10
    assert "*" not in settings.ALLOWED_HOSTS
    assert not settings.USE_I18N, "no header chooses among languages"
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == settings.CSRF_COOKIE_SAMESITE == "Lax"
    assert settings.SESSION_COOKIE_AGE <= 14 * 24 * 3600
    assert settings.SESSION_ENGINE == "django.contrib.sessions.backends.db", "ending a session ends it"
    assert settings.SESSION_SERIALIZER.endswith("JSONSerializer")
    assert settings.X_FRAME_OPTIONS == "DENY"
    assert settings.SECURE_CONTENT_TYPE_NOSNIFF
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE <= 2 * 1024 * 1024
    assert settings.DATA_UPLOAD_MAX_NUMBER_FIELDS <= 2000
    assert len(settings.AUTH_PASSWORD_VALIDATORS) >= 3
    assert not [name for name in settings.INSTALLED_APPS if "debug" in name or "cors" in name]
    assert "django.middleware.csrf.CsrfViewMiddleware" in settings.MIDDLEWARE


@pytest.mark.holds(13)
def test_nothing_may_run_that_a_page_of_ours_did_not_bring():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["default-src"] == directives["script-src"] == ["'self'"]
    assert directives["object-src"] == directives["base-uri"] == directives["frame-ancestors"] == ["'none'"]


@pytest.mark.holds(17, 33)
def test_the_queue_carries_ids_and_gives_no_job_twice():
    queue = settings.Q_CLUSTER
    assert queue["retry"] > queue["timeout"] > 24 * 3600
    assert (queue["bulk"], queue["max_attempts"], queue["scheduler"]) == (1, 1, False)
    assert queue["ack_failures"]
    assert queue["save_limit"] <= 50
    assert all(lane["queue_limit"] == lane["workers"] for lane in queue["ALT_CLUSTERS"].values())


@pytest.mark.holds(19)
def test_graphql_is_bounded():
    assert (budget.DEEPEST, budget.MOST_ALIASES) == (12, 30)
    assert budget.MOST_TOKENS <= 2000
    assert budget.MOST_ROWS <= 50_000
    assert schema.config.relay_max_results == 500
    assert schema.config.batching_config is None


def test_sockets_speak_the_new_protocol_alone():
    [route] = websocket_urlpatterns
    options = route.callback.consumer_initkwargs
    assert options["subscription_protocols"] == ["graphql-transport-ws"]
    assert options["max_subscriptions_per_connection"] <= 100


@pytest.mark.parametrize("name", LOWEST)
def test_what_we_stand_on_is_new_enough(name):
    assert _numbers(version(name)) >= _numbers(LOWEST[name])
    declared = re.search(rf'"{name}(?:\[\w+\])?>=([\d.]+)', (CHECKOUT / "pyproject.toml").read_text())
    assert _numbers(declared[1]) >= _numbers(LOWEST[name])


@pytest.mark.django_db
@pytest.mark.holds(29)
def test_the_database_waits_for_writers_and_checks_references():
    if connection.vendor != "sqlite":
        assert connection.settings_dict["CONN_HEALTH_CHECKS"]
        return
    with connection.cursor() as cursor:
        live = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS}
    assert live["journal_mode"] == "wal"
    assert live["busy_timeout"] >= 20_000
    assert live["foreign_keys"] == 1
    assert connection.transaction_mode == "IMMEDIATE"


def _numbers(text: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", text)[:3]]
