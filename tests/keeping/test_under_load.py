"""A backup that is made while people log, tag and delete and garbage is collected restores to a consistent state."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.keeping.load import Load
from tests.live import CHECKOUT

pytestmark = pytest.mark.holds(32)


def manage(environment, *arguments) -> subprocess.Popen[str]:
    command, pipe = [sys.executable, "manage.py", *map(str, arguments)], subprocess.PIPE
    return subprocess.Popen(command, cwd=CHECKOUT, env=environment, stdout=pipe, stderr=pipe, text=True)


def test_a_backup_under_load_restores_to_a_consistent_state(
    project, alice, worker, client_of, process_environment, new_installation, tmp_path
):
    path = tmp_path / "backup.zip"
    projects = [client_of(alice).project("alice/MNIST") for _ in range(3)]
    with Load(projects) as load:
        load.wait_for(3)
        acknowledged = {name: list(keys) for name, keys in load.acknowledged.items()}
        before = dict(load.rounds)
        commands = [manage(process_environment, "backup", path), manage(process_environment, "collect_garbage")]
        told = [command.communicate(timeout=240) for command in commands]
        during = {name: load.rounds[name] - before[name] for name in before}
    assert not load.errors
    assert [command.returncode for command in commands] == [0, 0], told
    assert min(during.values()) > 0, "nobody worked meanwhile"

    restored = new_installation()
    done = restored.run("restore", path)
    assert done.returncode == 0, done.stderr
    command = [sys.executable, "-m", "tests.keeping.check_restored"]
    checked = subprocess.run(
        command,
        cwd=CHECKOUT,
        env=restored.environment,
        input=json.dumps(acknowledged),
        text=True,
        capture_output=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
    sound = restored.run("doctor", "--full")
    assert sound.returncode == 0, sound.stdout
