"""Whatever breaks in the middle of writing: the state is the one before or the one after, and a retry goes through.

Here commits, files and wake-ups of the main write paths break; in the long tests every single statement of all of them
does, and the process is killed.
"""

from __future__ import annotations

import pytest

from tests.truth import computing_paths, curating_paths, logging_paths  # noqa: F401 - they register their paths
from tests.truth.breaking import break_every_effect
from tests.truth.scene import Scene
from tests.truth.write_paths import PATHS
from tests.world import make_world

pytestmark = [pytest.mark.holds(25), pytest.mark.django_db(transaction=True)]


MAIN = {"send a chunk", "commit an upload", "commit objects", "store files", "run an import", "tag a selection",
        "undo labels", "rename a tag", "change a role", "delete datapoints", "make a map", "finish an export",
        "collect garbage"}  # fmt: skip


@pytest.mark.parametrize("path", [path for path in PATHS if path.name in MAIN], ids=lambda path: path.name)
def test_any_commit_and_any_file_may_fail(path, alice, project):
    assert len(break_every_effect(path, Scene(make_world(alice, project), alice), statements=False)) > 1
