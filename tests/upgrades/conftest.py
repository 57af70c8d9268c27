from __future__ import annotations

import pytest

from tests.keeping.conftest import FIXTURES, fill_from_release, new_installation  # noqa: F401

RELEASES = sorted(path.name for path in FIXTURES.iterdir())


@pytest.fixture(params=RELEASES)
def released(request, new_installation):  # noqa: F811
    """An installation as that release left it, with rows in every table."""
    return fill_from_release(new_installation(), request.param)


@pytest.fixture
def before(released):
    """The tables of the release and all that was in them."""
    tables = released.tables()
    return tables, released.contents(tables)
