from __future__ import annotations

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import chroma_sdk as chroma
import pytest
from django.conf import settings
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from apps.accounts.actor import Actor
from apps.projects.models import Role
from apps.projects.services.projects import create_project
from tests.cast import make_client, make_member, make_token, make_user, post_graphql
from tests.folders import ONE_DATABASE, turn_of
from tests.live import CHECKOUT, LiveServer, database_url

collect_ignore = [] if connection.vendor == "sqlite" else list(ONE_DATABASE)

# How fast a test machine is says nothing about the code.
hypothesis_settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("patient")


def pytest_report_header() -> str:
    return f"database: {connection.display_name}"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: turn_of(item.nodeid.partition("::")[0]))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Use a SQLite file as real installations do: threads share it, and so does a process that a test starts."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(Path(settings.CHROMA_DATA_DIR) / "chroma.sqlite3")


@pytest.fixture(autouse=True)
def _fast_passwords(settings):
    """Hash passwords quickly: tests sign in often."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def alice(db):
    """Owns `project`."""
    return make_user("alice")


@pytest.fixture
def bob(db, project):
    """Is an editor of `project`."""
    user = make_user("bob")
    make_member(project, user, Role.EDITOR)
    return user


@pytest.fixture
def vera(db, project):
    """Is a viewer of `project`."""
    user = make_user("vera")
    make_member(project, user, Role.VIEWER)
    return user


@pytest.fixture
def charlie(db):
    """Is a stranger, with a project of his own."""
    user = make_user("charlie")
    create_project(actor=Actor(user=user), name="Elsewhere")
    return user


@pytest.fixture
def sam(db):
    """Is staff, with every right in the admin, and a member of nothing."""
    return make_user("sam", is_staff=True, is_superuser=True)


@pytest.fixture
def project(alice):
    """alice/MNIST."""
    return create_project(actor=Actor(user=alice), name="MNIST")


@pytest.fixture
def client_for():
    """client_for(user or token secret or None) -> a Django test client; CSRF is not enforced."""
    return make_client


@pytest.fixture
def token_for(db):
    """token_for(user, scope="write", project=None) -> the secret of a new API token."""
    return make_token


@pytest.fixture
def gql(db):
    """gql(user or token secret or None, query, variables) -> the answer of POST /graphql as a dict."""
    return post_graphql


@pytest.fixture(scope="session")
def _process_environment(django_db_setup) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": database_url(connection.settings_dict)}


@pytest.fixture
def process_environment(_process_environment, transactional_db) -> dict[str, str]:
    """Environment for a real server or worker that a test starts: the same data folder, the test's database."""
    return _process_environment


@pytest.fixture(scope="session")
def _live_server(_process_environment):
    with LiveServer(_process_environment) as server:
        yield server


@pytest.fixture
def live(_live_server, transactional_db) -> LiveServer:
    """A real daphne server without a worker, one for all tests: `live.url`, `live.websocket_url`."""
    return _live_server


@pytest.fixture
def live_server_url(live) -> str:
    return live.url


@pytest.fixture
def client_of(live, token_for):
    """client_of(user, scope="write") -> a client of the running server with a token of that user."""

    with ExitStack() as opened:

        def make(user, scope: str = "write") -> chroma.Client:
            return opened.enter_context(chroma.Client(live.url, token_for(user, scope=scope)))

        yield make


@pytest.fixture
def worker(process_environment):
    """A worker beside the running server."""
    command = [sys.executable, str(CHECKOUT / "manage.py"), "worker"]
    process = subprocess.Popen(command, cwd=CHECKOUT, env=process_environment)
    yield process
    process.terminate()
    process.wait(30)
