from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection


def pytest_report_header() -> str:
    return f"database: {connection.display_name}"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Use a SQLite file as real installations do: threads share it, and so does a process that a test starts."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(Path(settings.CHROMA_DATA_DIR) / "chroma.sqlite3")


@pytest.fixture
def process_environment(transactional_db) -> dict[str, str]:
    """Environment for a real server or worker that a test starts: the same data folder, the test's database."""
    return {**os.environ, "DATABASE_URL": _database_url(connection.settings_dict)}


def _database_url(database) -> str:
    if database["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{database['NAME']}"
    user, password = quote(database["USER"]), quote(database["PASSWORD"])
    return f"postgres://{user}:{password}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
