"""Doctor finds what does not fit together, says what to do, and changes nothing."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from apps.datasets import bitmaps
from apps.datasets.models import Column, Datapoint, Dataset, Segment, TagMembership
from apps.embeddings.models import EmbeddingSet
from apps.jobs.models import Job, JobState, WorkerHeartbeat
from apps.projects.models import Project
from apps.storage.files import folder_of, write_file
from tests.world import make_world

pytestmark = [pytest.mark.holds(32), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(alice, project, settings, tmp_path):
    storage = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    WorkerHeartbeat.objects.create(host="here", pid=1, seen_at=timezone.now())
    return make_world(alice, project)


@pytest.fixture
def findings(capsys):
    """findings() -> {check: the levels and messages of what it found}, and whether all is sound."""

    def look():
        code = 0
        try:
            call_command("doctor", "--json")
        except SystemExit as ended:
            code = ended.code
        report = json.loads(capsys.readouterr().out)
        assert report["is_sound"] == (code == 0)
        assert all(found["advice"] for each in report["checks"] for found in each["findings"])
        return {each["check"]: [found["level"] for found in each["findings"]] for each in report["checks"]}

    return look


def test_a_sound_installation_has_no_finding(world, findings):
    assert not any(levels for check, levels in findings().items() if check != "disk")


def count_wrongly(world):
    Dataset.objects.update(datapoint_count=77)


def lose_datapoints(world):
    Datapoint.objects.filter(dataset=world.dataset, row=4).delete()


def tag_what_is_not_there(world):
    TagMembership.objects.update(rows=bitmaps.dump(bitmaps.of_rows(np.array([900], dtype=np.uint32))))


def forget_a_value(world):
    Column.objects.filter(pk=EmbeddingSet.objects.get().vectors_id).update(present=b"")


def shorten_a_segment(world):
    Segment.objects.filter(column=EmbeddingSet.objects.get().vectors).update(row_count=4)


def remove_a_file(world):
    default_storage.delete(Segment.objects.filter(column=EmbeddingSet.objects.get().vectors).get().path)


def lose_a_lease(world):
    Job.objects.update(state=JobState.RUNNING, lease_until=timezone.now() - timedelta(hours=1))


FAULTS = {
    count_wrongly: "datapoints",
    lose_datapoints: "datapoints",
    tag_what_is_not_there: "tags",
    forget_a_value: "columns",
    shorten_a_segment: "columns",
    remove_a_file: "files",
    lose_a_lease: "jobs",
}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_each_fault_is_found(world, findings, fault):
    fault(world)
    assert "problem" in findings()[FAULTS[fault]]


def test_what_wants_looking_after_is_a_warning(world, findings):
    WorkerHeartbeat.objects.all().delete()
    Project.objects.create(namespace="x", name="y", deleted_at=timezone.now() - timedelta(days=2))
    left = write_file(folder_of(world.project.pk), b"left")
    then = (timezone.now() - timedelta(days=2)).timestamp()
    os.utime(default_storage.path(left.path), (then, then))
    found = findings()
    assert (found["jobs"], found["deletions"], found["unnamed files"]) == (["warning"], ["warning"], ["warning"])


def test_it_is_told_to_people_as_well(world, capsys):
    lose_datapoints(world)
    with pytest.raises(SystemExit):
        call_command("doctor")
    told = capsys.readouterr().out
    assert "datapoints       problem" in told
    assert "alice/MNIST, dataset “train”: its bitmaps have 5 rows" in told
    assert "There are problems; see above." in told


def test_a_database_of_another_version_is_told_and_no_more_is_looked_at(filled, new_installation):
    installation = new_installation()
    missing = installation.run("doctor", "--json")
    assert (missing.returncode, json.loads(missing.stdout)["is_sound"]) == (1, False)
    if installation.kind == "sqlite":
        assert "There is no database at" in missing.stdout
        assert not (installation.folder / "chroma.sqlite3").exists()


def test_a_damaged_page_of_a_sqlite_file_is_found(filled, new_installation):
    if connection.vendor != "sqlite":
        return
    installation = new_installation()
    content = bytearray((filled.folder / "chroma.sqlite3").read_bytes())
    content[40 * 4096 : 60 * 4096] = bytes(20 * 4096)
    path: Path = installation.folder / "chroma.sqlite3"
    path.write_bytes(content)
    found = installation.run("doctor", "--json")
    assert (found.returncode, "Traceback" in found.stderr) == (1, False)
    assert "The database file is damaged" in found.stdout or "could not be checked" in found.stdout
    assert path.read_bytes() == content
