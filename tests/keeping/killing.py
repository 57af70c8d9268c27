"""Killing a command from inside, at the n-th call of one of its functions."""

from __future__ import annotations

import signal
from pathlib import Path

from tests.keeping.archives import rows_of
from tests.keeping.installations import Installation

# Arguments: the module, the function, which call of it, and the command with its arguments.
DIE = """
import importlib, os, sys
from django.core.management import execute_from_command_line
import django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chroma_site.settings")
django.setup()
path, name, nth, *command = sys.argv[1:]
owner, left = importlib.import_module(path), [int(nth)]
called = getattr(owner, name)
def dying(*args, **options):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), 9)
    return called(*args, **options)
setattr(owner, name, dying)
execute_from_command_line(["manage.py", *command])
"""


def check_killed_restore(archive: Path, installation: Installation, module: str, name: str, nth: int) -> None:
    """Killed then, the installation counts as empty, or is whole."""
    killed = installation.python("-c", DIE, module, name, nth, "restore", archive)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    again = installation.run("restore", archive)
    if name == "call_command":
        assert (again.returncode, "is in use" in again.stderr) == (2, True)
    else:
        assert again.returncode == 0, again.stderr
    assert rows_of(installation.backup()) == rows_of(archive)


def check_killed_backup(archive: Path, filled: Installation, folder: Path, nth: int) -> None:
    """Killed at its n-th member, a backup leaves no archive, and the next one is whole."""
    path = folder / "killed.zip"
    where = ("chroma_site.keeping.writing", "MemberWriter", nth)
    assert filled.python("-c", DIE, *where, "backup", path).returncode == -signal.SIGKILL
    assert [each.name for each in folder.iterdir()] == ["killed.zip.part"]
    assert filled.run("backup", path).returncode == 0
    assert [each.name for each in folder.iterdir()] == ["killed.zip"]
    assert rows_of(path) == rows_of(archive)
