from __future__ import annotations

import tarfile
from pathlib import Path

import pytest
from django.db import connection

from tests.keeping.installations import Installation

FIXTURES = Path(__file__).parent.parent / "upgrades" / "fixtures"


@pytest.fixture
def new_installation(tmp_path):
    """new_installation(kind=None) -> an installation without tables, by default on the kind of database tested now."""
    made = []

    def make(kind: str | None = None) -> Installation:
        made.append(Installation(tmp_path / f"installation-{len(made)}", kind or connection.vendor))
        return made[-1]

    yield make
    for installation in made:
        installation.remove()


# What releases so far did not have.
SINCE_RELEASE = """
from apps.datasets.columns import create_column
from apps.datasets.models import ColumnKind
from apps.embeddings.models import EmbeddingSet, NeighborGraph
found = EmbeddingSet.objects.select_related("dataset").first()
columns = {"dataset": found.dataset, "kind": ColumnKind.VECTOR, "width": 2}
rows, distances = (create_column(dtype=dtype, **columns) for dtype in ("uint32", "float32"))
NeighborGraph.objects.create(
    embedding_set=found, metric="cosine", n_neighbors=2, rows=rows, distances=distances, vectors_version=0, recall=1
)
"""


@pytest.fixture(scope="session")
def filled(tmp_path_factory, django_db_setup):
    """An installation with rows in every table, at this version's schema. Tests only read it."""
    installation = fill_from_release(Installation(tmp_path_factory.mktemp("filled"), connection.vendor), "0.1.0")
    done = installation.run("migrate", "--noinput", "--no-copy", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    done = installation.run("shell", "--no-imports", "--command", SINCE_RELEASE)
    assert done.returncode == 0, done.stderr
    yield installation
    installation.remove()


@pytest.fixture(scope="session")
def archive(filled):
    """A backup of it."""
    path = filled.folder / "backup.zip"
    done = filled.run("backup", path)
    assert done.returncode == 0, done.stderr
    return path


def fill_from_release(installation: Installation, release: str) -> Installation:
    """Make the empty installation what that release left, with rows in every table."""
    with tarfile.open(FIXTURES / release / f"{installation.kind}.tar.xz") as archive:
        archive.extractall(installation.folder, filter="data")
    if installation.kind == "postgresql":
        installation.query((installation.folder / "chroma.sql").read_text())
    return installation
