"""Receiving a file: declare it, send its chunks in any order and again where a connection broke, complete it."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.actor import Actor
from apps.common.conflicts import get_or_make, refuse_duplicate
from apps.common.errors import BadUserInput, Conflict, IdempotencyConflict, LimitExceeded
from apps.curation.models import Import, ImportChunk, ImportState
from apps.datasets.log.declaration import LARGEST_CHUNK, MOST_CHUNKS, read_sha256
from apps.jobs.services import enqueue_job
from apps.projects import access
from apps.projects.journal import record_audit, record_change
from apps.projects.models import Project
from apps.storage.files import delete_file, folder_of, iter_range, require_space, write_file

LARGEST_FILE = 4 * 1024**3
LIFETIME = timedelta(days=7)
MOST_OPEN = 100
FIELDS = {"key", "file_name", "byte_count", "chunk_bytes", "sha256"}


@transaction.atomic
def declare_import(*, actor: Actor, project: Project, declared: dict[str, Any]) -> tuple[Import, bool]:
    """Open an upload, or find the one of this key to resume it. Says whether it was made now."""
    values = _read(declared)
    # Once as chunks, once in one piece while it is read.
    require_space(2 * values["byte_count"])
    mine = Import.objects.filter(project=project, created_by=actor.user)

    def make() -> Import:
        with refuse_duplicate("This import was declared meanwhile.", field="key"):
            return Import.objects.create(
                project=project, created_by=actor.user, expires_at=timezone.now() + LIFETIME, **values
            )

    is_known = mine.filter(key=values["key"]).exists()
    if not is_known and mine.filter(state=ImportState.UPLOADING, expires_at__gt=timezone.now()).count() >= MOST_OPEN:
        raise LimitExceeded(f"You have {MOST_OPEN} imports that were never completed; delete some.")
    found, is_new = get_or_make(mine.filter(key=values["key"]).first, make)
    if is_new:
        record_change(project, kind="created", target=found)
    elif any(getattr(found, name) != value for name, value in values.items()):
        raise IdempotencyConflict("An import with this key was declared differently; use another key.", field="key")
    return found, is_new


def receive_chunk(*, import_file: Import, number: int, sha256: str, content: bytes) -> None:
    """Keep one chunk. The same chunk again changes nothing; another content under its number is refused."""
    if import_file.state != ImportState.UPLOADING:
        raise Conflict("This import is complete; it takes no more chunks.")
    count = chunk_count(import_file)
    if not 0 <= number < count:
        raise BadUserInput(f"There is no chunk {number}; the chunks are 0 … {count - 1}.")
    expected = min(import_file.chunk_bytes, import_file.byte_count - number * import_file.chunk_bytes)
    if len(content) != expected:
        raise BadUserInput(f"Chunk {number} must have {expected:,} bytes, not {len(content):,}.")
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise BadUserInput(f"Chunk {number}: its SHA-256 should be {sha256}, but is {found}; send it again.")
    if _is_kept(import_file, number, sha256):
        return
    written = write_file(folder_of(import_file.project_id), content, sha256=sha256)
    try:
        with transaction.atomic():
            ImportChunk.objects.create(
                import_file=import_file, number=number, path=written.path, size=written.size, sha256=written.sha256
            )
    except IntegrityError:
        # Somebody else was faster, or the import was deleted: no row will ever name this file.
        delete_file(written.path)
        if not _is_kept(import_file, number, sha256):
            raise


@transaction.atomic
def complete_import(*, actor: Actor, import_file: Import) -> Import:
    """Start the job that looks at the file. Completing again changes nothing."""
    # Whoever deletes the import meanwhile leaves nothing to be locked.
    locked = Import.objects.select_for_update(of=("self",)).select_related("project").filter(pk=import_file.pk).first()
    if locked is None:
        raise access.not_found(Import)
    if locked.state != ImportState.UPLOADING:
        return locked
    missing = missing_chunks(locked)
    if missing:
        named = ", ".join(map(str, missing[:10]))
        raise Conflict(f"{len(missing):,} of the chunks are missing: {named}{' …' if len(missing) > 10 else ''}.")
    locked.state = ImportState.INSPECTING
    locked.job = enqueue_job(
        actor=actor,
        project=locked.project,
        kind="inspect_import",
        title=f"Look at {locked.file_name}",
        parameters={"import_id": str(locked.pk)},
        target=locked,
    )
    locked.save(update_fields=["state", "job"])
    record_audit(actor=actor, project=locked.project, action="uploaded", target=locked)
    record_change(locked.project, kind="updated", target=locked)
    return locked


def chunk_count(import_file: Import) -> int:
    return -(-import_file.byte_count // import_file.chunk_bytes)


def missing_chunks(import_file: Import) -> list[int]:
    if import_file.state != ImportState.UPLOADING:
        return []
    kept = set(import_file.chunks.values_list("number", flat=True))
    return [number for number in range(chunk_count(import_file)) if number not in kept]


def assemble(import_file: Import, path: Path) -> None:
    """Write the chunks into one local file. Raises BadUserInput where this is not the file that was declared."""
    require_space(import_file.byte_count)
    if import_file.chunks.count() < chunk_count(import_file):
        raise BadUserInput("The file was refused before and is not kept; send it again.")
    digest = hashlib.sha256()
    with path.open("wb") as handle:
        for chunk in import_file.chunks.order_by("number"):
            for piece in iter_range(chunk, 0, chunk.size):
                digest.update(piece)
                handle.write(piece)
    if import_file.sha256 and digest.hexdigest() != import_file.sha256:
        raise BadUserInput("The file that arrived does not have the SHA-256 that was declared; send it again.")


def _is_kept(import_file: Import, number: int, sha256: str) -> bool:
    kept = import_file.chunks.filter(number=number).first()
    if kept is not None and kept.sha256 != sha256:
        raise Conflict(f"Chunk {number} was received with another content; use another key for another file.")
    return kept is not None


def _read(declared: dict[str, Any]) -> dict[str, Any]:
    unknown = sorted(set(declared) - FIELDS)
    if unknown:
        raise BadUserInput(f"{unknown[0][:100]!r} is not part of a declaration.", field=unknown[0][:100])
    values: dict[str, Any] = {
        "key": _text(declared, "key", 100),
        "file_name": _text(declared, "file_name", 300),
        "byte_count": _number(declared, "byte_count", LARGEST_FILE),
        "chunk_bytes": _number(declared, "chunk_bytes", LARGEST_CHUNK),
        "sha256": read_sha256(declared["sha256"], "sha256") if declared.get("sha256") else "",
    }
    if values["byte_count"] > values["chunk_bytes"] * MOST_CHUNKS:
        raise LimitExceeded(f"A file is sent in at most {MOST_CHUNKS:,} chunks; make them larger.", field="chunk_bytes")
    return values


def _text(declared: dict[str, Any], field: str, at_most: int) -> str:
    value = declared.get(field)
    if not isinstance(value, str) or not 1 <= len(value) <= at_most or not value.isprintable():
        raise BadUserInput(f"{field} must be a text of 1 to {at_most} printable characters.", field=field)
    return value


def _number(declared: dict[str, Any], field: str, at_most: int) -> int:
    value = declared.get(field)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= at_most:
        raise BadUserInput(f"{field} must be a whole number 1 … {at_most:,}.", field=field)
    return value
