"""The n-th effect of every write path fails, or is the last thing that its process does."""

from __future__ import annotations

import os
import signal
import time

import pytest
from django.db import connection, connections

from tests.truth import computing_paths, curating_paths, logging_paths  # noqa: F401 - they register their paths
from tests.truth.breaking import Loop, break_every_effect
from tests.truth.effects import Effects
from tests.truth.scene import Failed, Scene
from tests.truth.write_paths import PATHS
from tests.world import make_world

pytestmark = [pytest.mark.holds(25), pytest.mark.django_db(transaction=True)]


PATIENCE = 60


@pytest.fixture
def scene(alice, project):
    return Scene(make_world(alice, project), alice)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_any_statement_commit_or_file_may_fail(path, scene):
    effects = break_every_effect(path, scene)
    assert len(effects) > 1
    print(f"\n{path.name}: N = {len(effects)}")


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_the_process_may_be_killed_at_any_effect(path, scene):
    loop, number = Loop(path, scene), 1
    while was_killed(loop, number):
        loop.check(f"a kill at effect {number}")
        number += 1
        loop.start.restore()
    assert number > 2


def was_killed(loop: Loop, number: int) -> bool:
    """Act in a process of its own, which is killed at this effect; False where there are fewer."""
    if number == 1:
        loop.start.restore()
    loop.scene.sign_in()
    connections.close_all()
    child = os.fork()
    if child == 0:
        act_and_end(loop, number)
    status = ended(child)
    connection.ensure_connection()
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0, "the operation failed without being killed"
    return False


def ended(child: int) -> int:
    """The status of a process; one that hangs is ended, and fails the test."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return status
        time.sleep(0.01)
    os.kill(child, signal.SIGTERM)
    os.waitpid(child, 0)
    raise AssertionError("the operation hangs")


def act_and_end(loop: Loop, number: int) -> None:
    """In the child: never returns."""
    try:
        with Effects(break_at=number, kill=True):
            loop.act()
    except (Failed, AssertionError):
        os._exit(1)
    os._exit(0)
