"""Files that datapoints stand for, uploaded once per project and packed many to a stored file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
from django.db import transaction
from django.utils import timezone

from apps.accounts.actor import Actor
from apps.common.arrow import read_table
from apps.common.errors import BadUserInput, LimitExceeded
from apps.datasets.log.columns import is_plain_text
from apps.datasets.log.declaration import read_sha256
from apps.datasets.log.table import (
    RESOURCE_FIELDS,
    Record,
    find_resources,
    insert_resources,
    kept_id,
    kept_time,
)
from apps.datasets.models import ResourceKind
from apps.datasets.resources.images import size_of_image
from apps.datasets.resources.sniff import HEAD_BYTES, IMAGE_TYPES, media_type_of
from apps.projects.journal import record_audit
from apps.projects.models import Project
from apps.storage.files import WrittenFile, folder_of, require_space, write_file

LARGEST_REQUEST = 16 * 1024 * 1024
LARGEST_FILE = 15 * 1024 * 1024
MOST_CHECKSUMS = 20_000
LONGEST_NAME = 500
COLUMNS = ("sha256", "name", "content")
CHECKSUM = RESOURCE_FIELDS.index("sha256")


def missing_files(*, project: Project, checksums: Any) -> list[str]:
    """Which of these files were not uploaded to the project yet."""
    if not isinstance(checksums, list):
        raise BadUserInput("sha256 must be a list of checksums.", field="sha256")
    if len(checksums) > MOST_CHECKSUMS:
        raise LimitExceeded(f"At most {MOST_CHECKSUMS:,} checksums may be asked for at once.", field="sha256")
    wanted = list(dict.fromkeys(read_sha256(each, "sha256") for each in checksums))
    known = find_resources(project.pk, ResourceKind.FILE.value, wanted)
    return [sha256 for sha256 in wanted if sha256 not in known]


def store_files(*, actor: Actor, project: Project, content: bytes) -> int:
    """Store the files of one request that the project does not have yet; says how many these are."""
    files = _read_files(content)
    known = find_resources(project.pk, ResourceKind.FILE.value, list(files))
    new = {sha256: file for sha256, file in files.items() if sha256 not in known}
    if not new:
        return 0
    require_space(len(content))
    packed = write_file(folder_of(project.pk), b"".join(data for _, data in new.values()))
    with transaction.atomic():
        # Whoever logs or uploads the same to this project waits here.
        Project.objects.select_for_update().get(pk=project.pk)
        known = find_resources(project.pk, ResourceKind.FILE.value, list(new))
        insert_resources(record for record in _records(project, packed, new) if record[CHECKSUM] not in known)
        record_audit(actor=actor, project=project, action="uploaded", target=project, after={"files": len(new)})
    return len(new)


def _records(project: Project, packed: WrittenFile, files: dict[str, tuple[str, bytes]]) -> Iterator[Record]:
    """One record for each file, in the order in which they lie packed."""
    now, project_id, offset = kept_time(timezone.now()), kept_id(project.pk), 0
    for sha256, (name, data) in files.items():
        media_type = media_type_of(data[:HEAD_BYTES])
        pixels = size_of_image(data) if media_type in IMAGE_TYPES else None
        place = (packed.path, offset, len(data), sha256)
        yield project_id, ResourceKind.FILE.value, name, media_type, *place, *(pixels or (None, None)), now
        offset += len(data)


def _read_files(content: bytes) -> dict[str, tuple[str, bytes]]:
    """Name and content of each file by its checksum, all checked."""
    table = read_table(content, check_field=_check_field)
    if set(table.column_names) != {"sha256", "name", "content"}:
        raise BadUserInput("The table must have the columns sha256, name and content.")
    files: dict[str, tuple[str, bytes]] = {}
    for row, (given, name, data) in enumerate(zip(*(table.column(c).to_pylist() for c in COLUMNS), strict=True)):
        if data is None or len(data) > LARGEST_FILE:
            raise BadUserInput(f"Row {row}: a file must have content, at most {LARGEST_FILE:,} bytes.", field="content")
        if name is None or len(name) > LONGEST_NAME or "\x00" in name:
            raise BadUserInput(f"Row {row}: a name must have at most {LONGEST_NAME} characters.", field="name")
        sha256 = hashlib.sha256(data).hexdigest()
        if read_sha256(given, "sha256") != sha256:
            raise BadUserInput(f"Row {row} ({name!r}): the SHA-256 should be {given}, but is {sha256}.", field="sha256")
        files[sha256] = (name, data)
    return files


def _check_field(field: pa.Field) -> None:
    is_binary = pa.types.is_binary(field.type) or pa.types.is_large_binary(field.type)
    if not (is_binary if field.name == "content" else is_plain_text(field.type)):
        name, found = field.name[:100], str(field.type)[:100]
        raise BadUserInput(f"The column {name!r} may not be {found}.", field=name)
