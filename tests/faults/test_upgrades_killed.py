"""An upgrade, or the first start, is killed at many moments: the next one finishes it, and all data is as it was."""

from __future__ import annotations

import signal

import pytest

from tests.upgrades import conftest
from tests.upgrades.killing import DIE_RECORDING, migrate

pytestmark = pytest.mark.holds(31)
new_installation, released, before = conftest.new_installation, conftest.released, conftest.before


@pytest.mark.parametrize("nth", [1, 3, 6])
def test_an_upgrade_killed_between_a_change_and_its_record(released, before, nth):
    tables, contents = before
    killed = released.python("-c", DIE_RECORDING, nth)
    # Only as many migrations are recorded as there are since the release.
    assert killed.returncode in {-signal.SIGKILL, 0}, killed.stderr
    assert released.contents(tables) == contents
    migrate(released)
    assert released.contents(tables) == contents


@pytest.mark.parametrize("nth", [1, 4])
def test_an_upgrade_killed_while_it_changes_tables(released, before, nth):
    tables, contents = before
    upgrade = released.start("migrate", "--noinput")
    applying = (line for line in upgrade.stdout if "Applying" in line)
    for _ in zip(range(nth), applying, strict=False):
        pass
    upgrade.kill()
    upgrade.communicate()
    migrate(released)
    assert released.contents(tables) == contents


@pytest.mark.parametrize("nth", [3, 20])
def test_a_first_start_killed_while_it_makes_the_tables(new_installation, nth):
    installation, other = new_installation(), new_installation()
    assert installation.python("-c", DIE_RECORDING, nth).returncode == -signal.SIGKILL
    migrate(installation)
    migrate(other)
    assert installation.tables() == other.tables()


def test_two_that_start_at_once_upgrade_once(released, before):
    tables, contents = before
    upgrades = [released.start("migrate", "--noinput") for _ in range(2)]
    told = [upgrade.communicate(timeout=240) for upgrade in upgrades]
    assert [upgrade.returncode for upgrade in upgrades] == [0, 0], told
    assert sorted("Applying" in output for output, _ in told) == [False, True]
    assert released.contents(tables) == contents
