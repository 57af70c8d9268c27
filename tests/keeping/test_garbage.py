"""Old news goes, exports go with their dataset, and files stay while a backup copies them."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from apps.accounts.actor import Actor
from apps.curation.exports.services import create_export
from apps.curation.models import Export, ExportFormat
from apps.datasets.models import Slice
from apps.projects.cascades import steps_before
from apps.projects.feed import MOST_CHANGES, is_kept
from apps.projects.models import Change
from apps.storage.files import folder_of, write_file
from apps.storage.lock import keeping_files
from tests.data import make_dataset
from tests.world import make_selection

LONG_AGO = timezone.now() - timedelta(days=8)


@pytest.mark.holds(32)
@pytest.mark.django_db(transaction=True)
def test_files_stay_while_a_backup_copies_them(project, capsys):
    old = write_file(folder_of(project.pk), b"old")
    os.utime(default_storage.path(old.path), (LONG_AGO.timestamp(),) * 2)

    def collect():
        try:
            call_command("collect_garbage")
        finally:
            connection.close()

    with keeping_files(lambda: None), ThreadPoolExecutor(1) as other:
        other.submit(collect).result()
    assert "A backup is running: unnamed files stay until the next time." in capsys.readouterr().out
    assert default_storage.exists(old.path)
    call_command("collect_garbage")
    assert not default_storage.exists(old.path)


def test_old_news_goes_but_the_newest_stay(project):
    count = MOST_CHANGES + 50
    project.refresh_from_db()
    first = project.last_seq + 1
    Change.objects.bulk_create(
        Change(project=project, seq=seq, kind="x", target_type="x", target_id="x")
        for seq in range(first, first + count)
    )
    project.last_seq += count
    project.save()
    call_command("collect_garbage")
    assert Change.objects.filter(seq=first).exists()
    Change.objects.filter(seq__lt=first + 20).update(at=LONG_AGO)
    call_command("collect_garbage")
    assert Change.objects.order_by("seq").first().seq == first + 20
    assert not is_kept(project.pk, first + 19)
    Change.objects.update(at=LONG_AGO)
    call_command("collect_garbage")
    assert Change.objects.count() == MOST_CHANGES


def test_exports_go_with_a_dataset_that_they_hold(project, alice):
    actor = Actor(user=alice)
    dataset, other = (make_dataset(project, name, count=3) for name in ("train", "test"))
    rule = Slice.objects.create(project=project, name="All", rule={"filters": []}, created_by=alice)
    for scope in (dataset, other, make_selection(dataset, alice), make_selection(other, alice), rule):
        create_export(actor=actor, scope=scope, format=ExportFormat.KEYS)
    kept = Export.objects.filter(scope__dataset__id=str(other.pk)) | Export.objects.filter(parts__dataset=other)
    kept = {export.pk for export in kept}
    for step in steps_before(type(dataset)):
        step(dataset)
    assert {export.pk for export in Export.objects.all()} == kept
    assert len(kept) == 2
    assert Change.objects.filter(kind="deleted", target_type="export").count() == 3
