"""What nobody needs any more: expired rows, unfinished deletions, files that no row names, old news and thumbnails."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.curation.models import Export, Import, Selection
from apps.datasets.erasing import BATCH, erase_dataset_contents, erase_resources, unneeded_resources
from apps.datasets.models import Dataset, Upload
from apps.datasets.resources.thumbnails import cache_folder
from apps.jobs.models import ACTIVE_STATES, Job, JobFile
from apps.projects.feed import MOST_CHANGES
from apps.projects.models import Change, Project
from apps.storage.files import delete_file, stored_models
from apps.storage.lock import deleting_files

# An upload has this long between writing a file and committing the row that names it.
GRACE = timedelta(days=1)
# A browser that comes back later than this loads its page anew.
NEWS_KEPT = timedelta(days=7)
THUMBNAIL_DAYS = 30


@dataclass
class Collected:
    """How much was, or would be, removed."""

    deletions: int = 0
    rows: int = 0
    files: int = 0
    bytes: int = 0
    thumbnails: int = 0
    # Files may have to stay for now: a backup is copying them.
    files_stay: bool = False


def collect_garbage(*, dry_run: bool = False) -> Collected:
    """Remove what is older than a day and needed by nothing; with `dry_run`, only count it."""
    found = Collected()
    cutoff = timezone.now() - GRACE
    if not dry_run:
        found.deletions = _finish_deletions(cutoff)
    found.rows = _expired_rows(cutoff, dry_run=dry_run) + _old_news(dry_run=dry_run)
    with deleting_files() as may_delete:
        found.files_stay = not may_delete
        for path, size in _unnamed_files(cutoff):
            if dry_run or (may_delete and _delete_if_still_unnamed(path)):
                found.files += 1
                found.bytes += size
    found.thumbnails = _old_thumbnails(dry_run=dry_run)
    return found


def named_paths() -> set[str]:
    """Every path that some row names."""
    named: set[str] = set()
    for model in stored_models():
        named.update(model._default_manager.order_by().values_list("path", flat=True).distinct().iterator())
    return named


def stored_paths() -> Iterator[str]:
    """Every file that lies in the storage."""
    try:
        folders, _ = default_storage.listdir("")
    except FileNotFoundError:
        return
    for folder in folders:
        for name in default_storage.listdir(folder)[1]:
            yield f"{folder}/{name}"


def _finish_deletions(cutoff: datetime) -> int:
    """Finish what a cancelled or failed job of deletion left."""
    busy = Job.objects.filter(state__in=ACTIVE_STATES, kind__in=["delete_dataset", "delete_project"])
    working_on = {str(pk) for pair in busy.values_list("project_id", "target_id") for pk in pair}
    count = 0
    for dataset in Dataset.objects.filter(deleted_at__lt=cutoff).select_related("project"):
        if not working_on & {str(dataset.pk), str(dataset.project_id)}:
            erase_dataset_contents(dataset, transaction=transaction.atomic, progress=_silent)
            dataset.delete()
            count += 1
    for project in Project.objects.filter(deleted_at__lt=cutoff):
        if str(project.pk) not in working_on:
            for dataset in project.datasets.all():
                erase_dataset_contents(dataset, transaction=transaction.atomic, progress=_silent)
                dataset.delete()
            erase_resources(project, transaction=transaction.atomic)
            project.delete()
            count += 1
    return count


def _expired_rows(cutoff: datetime, *, dry_run: bool) -> int:
    selections = Selection.objects.filter(expires_at__lt=timezone.now())
    uploads = Upload.objects.filter(expires_at__lt=cutoff)
    resources = unneeded_resources().filter(created_at__lt=cutoff)
    exports = Export.objects.filter(expires_at__lt=cutoff)
    imports = Import.objects.filter(expires_at__lt=cutoff)
    # Of jobs in parts that ended without a result, and that nobody ran again.
    is_handed_by_whole = Q(job__parent=None, job__finished_at__lt=cutoff)
    handed = JobFile.objects.filter(is_handed_by_whole | Q(job__parent__finished_at__lt=cutoff))
    expired = (selections, uploads, imports, exports, handed)
    if dry_run:
        return sum(rows.count() for rows in expired) + resources.count()
    count = sum(rows.delete()[0] for rows in expired)
    while batch := list(resources.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        count += unneeded_resources().filter(pk__in=batch).delete()[0]
    return count


def _old_news(*, dry_run: bool) -> int:
    """Changes that no open browser can still ask for; the newest of each project stay, however old they are."""
    count = 0
    for project_id, last_seq in Project.objects.values_list("pk", "last_seq").iterator():
        old = Change.objects.filter(
            project=project_id, seq__lte=last_seq - MOST_CHANGES, at__lt=timezone.now() - NEWS_KEPT
        ).order_by("seq")
        if dry_run:
            count += old.count()
            continue
        while batch := list(old.values_list("pk", flat=True)[:BATCH]):
            count += Change.objects.filter(pk__in=batch).delete()[0]
    return count


def _unnamed_files(cutoff: datetime) -> Iterator[tuple[str, int]]:
    """Files older than the grace period that no row names, with their sizes."""
    named = named_paths()
    for path in stored_paths():
        if path not in named and default_storage.get_modified_time(path) < cutoff:
            yield path, default_storage.size(path)


def _delete_if_still_unnamed(path: str) -> bool:
    """Look again right before: in SQLite nobody else writes meanwhile; elsewhere the day of grace is enough."""
    with transaction.atomic():
        if any(model._default_manager.filter(path=path).exists() for model in stored_models()):
            return False
        delete_file(path)
        return True


def _old_thumbnails(*, dry_run: bool) -> int:
    oldest = time.time() - THUMBNAIL_DAYS * 24 * 3600
    old = [path for path in cache_folder().glob("*/*") if path.stat().st_mtime < oldest]
    if not dry_run:
        for path in old:
            path.unlink(missing_ok=True)
    return len(old)


def _silent(done: int, total: int) -> None:
    """Nobody watches."""
