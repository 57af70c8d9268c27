from __future__ import annotations

import pytest
from django.db import connection

from tests.keeping.installations import Installation


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
