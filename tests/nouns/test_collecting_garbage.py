from __future__ import annotations

import os
import time
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from apps.curation.garbage import collect_garbage
from apps.curation.models import Selection
from apps.datasets.models import Dataset, Resource, ResourceKind, Upload
from apps.datasets.resources.thumbnails import cache_folder
from apps.jobs.models import Job
from apps.projects.models import Project
from apps.storage.files import folder_of, read_file, write_file
from tests.data import make_dataset, make_inference_set

DAY = 24 * 3600


def age(path, seconds):
    then = time.time() - seconds
    os.utime(default_storage.path(path), (then, then))


@pytest.fixture
def garbage(project):
    """An old file and a new one that nobody names, and nothing left by other tests."""
    collect_garbage()
    old, new = (write_file(folder_of(project.pk), name) for name in (b"old", b"new"))
    age(old.path, 2 * DAY)
    return old.path, new.path


def test_old_files_that_no_row_names_are_deleted(project, dataset, garbage, capsys):
    named = make_inference_set(dataset, ["7"]).category_column.segments.get()
    age(named.path, 30 * DAY)
    old, new = garbage
    call_command("collect_garbage")
    assert capsys.readouterr().out.startswith("Removed 1 files (3 bytes)")
    assert not default_storage.exists(old)
    assert default_storage.exists(new)
    assert read_file(named)


def test_a_dry_run_deletes_nothing(garbage, capsys):
    call_command("collect_garbage", "--dry-run")
    assert capsys.readouterr().out.startswith("Would remove 1 files (3 bytes)")
    assert all(default_storage.exists(path) for path in garbage)


def test_resources_that_no_datapoint_names_go_after_a_day(project, dataset, text):
    for days in (0, 2):
        unused = Resource.objects.create(
            project=project, kind=ResourceKind.TEXT, text=f"{days} days", size=1, sha256=str(days), path=""
        )
        Resource.objects.filter(pk=unused.pk).update(created_at=timezone.now() - timedelta(days=days))
    Resource.objects.filter(pk=text.pk).update(created_at=timezone.now() - timedelta(days=9))
    call_command("collect_garbage")
    assert set(Resource.objects.values_list("text", flat=True)) == {"0 days", text.text}


def test_resources_stay_while_an_upload_may_be_about_to_name_them(project, dataset, alice):
    unused = Resource.objects.create(
        project=project, kind=ResourceKind.TEXT, text="unused", size=1, sha256="x", path=""
    )
    Resource.objects.filter(pk=unused.pk).update(created_at=timezone.now() - timedelta(days=2))
    upload = Upload.objects.create(
        dataset=dataset,
        created_by=alice,
        key="x",
        row_count=1,
        byte_count=1,
        chunk_bytes=1,
        sha256="x",
        expires_at=timezone.now() + timedelta(hours=1),
    )
    call_command("collect_garbage")
    assert Resource.objects.filter(pk=unused.pk).exists()
    Upload.objects.filter(pk=upload.pk).update(state="committed")
    call_command("collect_garbage")
    assert not Resource.objects.filter(pk=unused.pk).exists()


def test_expired_selections_go(project, alice):
    now = timezone.now()
    for hours in (-1, 1):
        expires_at = now + timedelta(hours=hours)
        Selection.objects.create(project=project, created_by=alice, expires_at=expires_at, datapoint_count=0)
    call_command("collect_garbage")
    assert Selection.objects.get().expires_at > now


def test_a_deletion_whose_job_never_ended_is_finished(project, dataset):
    old = timezone.now() - timedelta(days=2)
    Dataset.objects.update(deleted_at=old)
    gone = Project.objects.create(namespace="alice", name="gone", deleted_at=old)
    make_dataset(gone, count=3)
    busy = Project.objects.create(namespace="alice", name="busy", deleted_at=old)
    Job.objects.create(project=busy, kind="delete_project", title="x", lane="light", queued_at=old)
    call_command("collect_garbage")
    assert not Dataset.objects.exists()
    assert set(Project.objects.values_list("name", flat=True)) == {"MNIST", "busy"}


def test_thumbnails_that_nobody_asked_for_lately_go(db):
    folder = cache_folder() / "ab"
    folder.mkdir(parents=True, exist_ok=True)
    old, new = folder / "old.webp", folder / "new.webp"
    for path, days in ((old, 31), (new, 1)):
        path.write_bytes(b"x")
        os.utime(path, (time.time() - days * DAY,) * 2)
    call_command("collect_garbage")
    assert (old.exists(), new.exists()) == (False, True)
