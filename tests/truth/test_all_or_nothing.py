"""Whatever breaks in the middle of writing: the state is the one before or the one after, and a retry goes through.

Here commits, files and wake-ups break; in the long tests every single statement does, and the process is killed.
"""

from __future__ import annotations

import pytest

from tests.truth import computing_paths, curating_paths, logging_paths  # noqa: F401 - they register their paths
from tests.truth.breaking import break_every_effect
from tests.truth.scene import Scene
from tests.truth.write_paths import PATHS
from tests.world import make_world

pytestmark = [pytest.mark.holds(25), pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_any_commit_and_any_file_may_fail(path, alice, project):
    assert len(break_every_effect(path, Scene(make_world(alice, project), alice), statements=False)) > 1
