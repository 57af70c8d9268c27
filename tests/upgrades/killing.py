"""Upgrades, and upgrades that are killed."""

from __future__ import annotations

from tests.keeping.installations import Installation

# Kills the process where it would record that a migration was applied, at the n-th.
DIE_RECORDING = """
import os, sys
from django.core.management import execute_from_command_line
from django.db.migrations.recorder import MigrationRecorder
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chroma_site.settings")
left, record = [int(sys.argv[1])], MigrationRecorder.record_applied
def dying(self, app, name):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), 9)
    record(self, app, name)
MigrationRecorder.record_applied = dying
execute_from_command_line(["manage.py", "migrate", "--noinput", "--verbosity", "0"])
"""


def migrate(installation: Installation) -> None:
    done = installation.run("migrate", "--noinput", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
