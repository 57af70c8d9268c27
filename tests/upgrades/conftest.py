from __future__ import annotations

import lzma
import tarfile
from pathlib import Path

import pytest
from django.db import connection

from tests.keeping.conftest import new_installation  # noqa: F401

FIXTURES = Path(__file__).parent / "fixtures"
RELEASES = sorted(path.name for path in FIXTURES.iterdir())


@pytest.fixture(params=RELEASES)
def released(request, new_installation):  # noqa: F811
    """An installation as that release left it, with rows in every table."""
    installation = new_installation()
    folder = FIXTURES / request.param
    with tarfile.open(folder / "installation.tar.xz") as archive:
        archive.extractall(installation.folder, filter="data")
    if connection.vendor == "postgresql":
        (installation.folder / "chroma.sqlite3").unlink()
        installation.query(lzma.decompress((folder / "postgres.sql.xz").read_bytes()).decode())
    return installation


@pytest.fixture
def before(released):
    """The tables of the release and all that was in them."""
    tables = released.tables()
    return tables, released.contents(tables)
