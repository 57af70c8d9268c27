"""Whatever breaks in the middle of writing: the state is the one before or the one after, and a retry goes through."""

from __future__ import annotations

import pytest

from tests.truth import computing_paths, curating_paths, logging_paths  # noqa: F401 - they register their paths
from tests.truth.breaking import break_every_effect
from tests.truth.scene import Scene
from tests.truth.write_paths import PATHS
from tests.world import make_world

pytestmark = [pytest.mark.holds(25), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scene(alice, project):
    return Scene(make_world(alice, project), alice)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_any_effect_may_fail(path, scene, record_property):
    effects = break_every_effect(path, scene)
    assert len(effects) > 1
    record_property("effects", len(effects))
    print(f"{path.name}: N = {len(effects)}")
