"""Backups and restores are killed at many moments: nothing half-made is ever taken for whole."""

from __future__ import annotations

import pytest

from tests.keeping import conftest
from tests.keeping.killing import check_killed_backup, check_killed_restore

pytestmark = pytest.mark.holds(32)
new_installation, filled, archive = conftest.new_installation, conftest.filled, conftest.archive


@pytest.mark.parametrize(
    ("module", "name", "nth"),
    [
        ("chroma_site.keeping.restore", "put_back", 1),
        ("chroma_site.keeping.restore", "put_back", 9),
        ("chroma_site.keeping.loading", "_load", 1),
        ("chroma_site.keeping.loading", "_load", 30),
        ("chroma_site.keeping.loading", "go_on_from", 40),
        ("chroma_site.keeping.restore", "call_command", 1),
    ],
)
def test_a_restore_that_is_killed_leaves_an_empty_installation_or_a_whole_one(
    archive, new_installation, module, name, nth
):
    check_killed_restore(archive, new_installation(), module, name, nth)


@pytest.mark.parametrize("nth", [1, 9, 30, 47])
def test_a_backup_that_is_killed_leaves_no_archive(filled, archive, tmp_path, nth):
    check_killed_backup(archive, filled, tmp_path, nth)
