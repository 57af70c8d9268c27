"""What was acknowledged is there, whenever the process is killed or the power fails."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.files.storage import default_storage
from django.core.files.storage.filesystem import FileSystemStorage
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from apps.datasets.models import UploadChunk
from apps.datasets.services.datasets import create_dataset
from apps.storage import files
from apps.storage.files import stored_models
from tests.cast import make_client
from tests.logging.upload import Uploader
from tests.truth import computing_paths, logging_paths  # noqa: F401 - they register their paths
from tests.truth.invariants import check_invariants
from tests.truth.scene import Scene
from tests.truth.write_paths import PATHS
from tests.world import make_world

pytestmark = [pytest.mark.holds(24), pytest.mark.django_db(transaction=True)]

WRITES_FILES = {"commit an upload", "store files", "send a chunk of an import", "run an import", "make a map",
                "score the quality of classes", "finish an export"}  # fmt: skip


def test_sqlite_syncs_every_commit_and_writers_wait_for_their_turn():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL syncs every commit by default")
    with connection.cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
                 for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")}  # fmt: skip
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 20_000}
    assert connection.transaction_mode == "IMMEDIATE"


def test_a_server_that_is_killed_right_after_its_answer_has_kept_what_it_promised(actor, project, alice):
    dataset, acknowledged = create_dataset(actor=actor, project=project, name="kept"), set()
    for after in (1, 2, 3):
        acknowledged |= killed_after(after, alice, dataset, first=len(acknowledged))
        check_invariants({dataset: acknowledged})
    assert len(acknowledged) == 6 * 5


def killed_after(answers: int, user, dataset, *, first: int) -> set[str]:
    """A process logs five datapoints at a time and tells us each time; the keys that it told before we killed it."""
    connections.close_all()
    told, telling = os.pipe()
    child = os.fork()
    if child == 0:
        log_and_tell(telling, user, dataset, first)
    acknowledged, heard = set(), b""
    os.close(telling)
    while heard.count(b"\n") < answers:
        piece = os.read(told, 4096)
        assert piece, "the process ended by itself"
        heard += piece
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while piece := os.read(told, 4096):
        heard += piece
    os.close(told)
    for line in heard.decode().splitlines()[:answers]:
        acknowledged |= set(line.split())
    return acknowledged


def log_and_tell(telling: int, user, dataset, first: int) -> None:
    """In the child: goes on until it is killed."""
    uploader = Uploader(make_client(user), dataset)
    while True:
        keys = [f"k{row}" for row in range(first, first + 5)]
        uploader.log({"key": keys, "text": keys})
        os.write(telling, (" ".join(keys) + "\n").encode())
        first += 5


class Disk:
    """What of the storage would survive a power cut: files and folders that were synced since they changed."""

    def __init__(self) -> None:
        self.unsynced: set[str] = set()
        self.lost: list[str] = []

    def write(self, path: str) -> None:
        self.unsynced |= {path, *map(str, list(Path(path).parents)[:2])}

    def sync(self, handle: int) -> None:
        self.unsynced.discard(str(Path(f"/proc/self/fd/{handle}").readlink()))

    def look(self) -> None:
        """After a commit: remember every file that a row names by now and that is not safe."""
        for model in set(stored_models()) - {UploadChunk}:  # these are checked, and sent again where they are lost
            for name in model._default_manager.exclude(path="").values_list("path", flat=True):
                place = default_storage.path(name)
                self.lost += [f"{model.__name__}: {each}" for each in (place, str(Path(place).parent))
                              if each in self.unsynced]  # fmt: skip


@pytest.mark.parametrize("path", [path for path in PATHS if path.name in WRITES_FILES], ids=lambda path: path.name)
def test_files_are_safe_before_the_row_that_names_them_is_committed(path, alice, project, monkeypatch):
    scene, disk = Scene(make_world(alice, project), alice), Disk()
    prepared = path.prepare(scene)
    monkeypatch.setattr(files, "_durable_folders", set())
    save, commit = FileSystemStorage._save, BaseDatabaseWrapper._commit

    def saved(storage, name, content):
        kept = save(storage, name, content)
        disk.write(storage.path(kept))
        return kept

    def committed(wrapper):
        commit(wrapper)
        if wrapper is connection:
            disk.look()

    with (
        patch.object(FileSystemStorage, "_save", saved),
        patch.object(BaseDatabaseWrapper, "_commit", committed),
        patch.object(os, "fsync", disk.sync),
    ):
        path.act(scene, prepared)
    assert disk.lost == []
