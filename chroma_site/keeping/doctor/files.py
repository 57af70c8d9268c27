"""Whether the files that rows name are there and are what was written."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any

from django.core.files.storage import default_storage
from django.utils import timezone

from apps.curation.garbage import GRACE, named_paths, stored_paths
from apps.datasets.models import Dataset
from chroma_site.keeping.doctor.findings import Finding, problem, warning
from chroma_site.keeping.named_files import NamedFile, check_file, open_file, read_named_files
from chroma_site.keeping.tables import kept_file_models

SAMPLED = 200
RESTORE = "Put the file back from a backup; until then reading it fails, and all else goes on."


def check_files(named: IO[bytes], *, is_full: bool) -> Iterator[Finding]:
    """All files are looked for; the checksums of a sample, or of all, are computed."""
    count = 0
    named.seek(0)
    for file in read_named_files(named):
        count += 1
        if told := _fault(file):
            yield problem(f"{file.path} ({_owner(file)}): {told}.", RESTORE)
    chosen = range(count) if is_full else set(random.sample(range(count), min(SAMPLED, count)))
    named.seek(0)
    for place, file in enumerate(read_named_files(named)):
        if place in chosen and not _fault(file) and (told := _content_fault(file)):
            yield problem(f"{file.path} ({_owner(file)}): {told}.", RESTORE)


def check_unnamed_files() -> Iterator[Finding]:
    """Files that nobody needs: of old uploads and deleted datasets."""
    named, cutoff = named_paths(), timezone.now() - GRACE
    sizes = [default_storage.size(path) for path in stored_paths() if path not in named and _is_old(path, cutoff)]
    if sizes:
        yield warning(
            f"{len(sizes):,} stored files ({sum(sizes) / 1e6:,.1f} MB) are needed by nothing any more.",
            "Run `chroma manage collect_garbage`, once a week for example.",
        )


def _fault(file: NamedFile) -> str | None:
    try:
        size = default_storage.size(file.path)
    except OSError:
        return "it is missing"
    if size < file.least_size or (file.is_whole and size != file.least_size):
        return f"it has {size:,} bytes instead of {file.least_size:,}"
    return None


def _content_fault(file: NamedFile) -> str | None:
    source = open_file(file)
    if source is None:
        return "it cannot be opened"
    with source:
        try:
            return check_file(file, source, lambda piece: None)
        except OSError as caught:
            return f"it cannot be read ({caught.strerror})"


def _owner(file: NamedFile) -> str:
    """Whose file it is, in words."""
    for model in kept_file_models():
        row = model._base_manager.filter(path=file.path).first()
        if row is None:
            continue
        thing: Any = row
        dataset = ""
        for step in thing.PROJECT_PATH.split("__"):
            thing = getattr(thing, step)
            dataset = f", dataset “{thing.name}”" if isinstance(thing, Dataset) else dataset
        return f"{model._meta.verbose_name} of {thing}{dataset}"
    return "no longer named"


def _is_old(path: str, cutoff: datetime) -> bool:
    try:
        return bool(default_storage.get_modified_time(path) < cutoff)
    except OSError:
        return False
