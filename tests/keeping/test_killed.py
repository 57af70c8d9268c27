"""Nothing half-made is taken for whole. tests/faults kills at more moments."""

from __future__ import annotations

import pytest

from tests.keeping.killing import check_killed_backup, check_killed_restore

pytestmark = pytest.mark.holds(32)


def test_a_restore_that_is_killed_between_rows_is_simply_begun_again(archive, new_installation):
    check_killed_restore(archive, new_installation(), "chroma_site.keeping.loading", "_load", 12)


def test_a_backup_that_is_killed_leaves_no_archive(filled, archive, tmp_path):
    check_killed_backup(archive, filled, tmp_path, nth=9)
