from __future__ import annotations

import hashlib
import threading
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.actor import Actor
from apps.common.errors import BadUserInput, ChromaError, Conflict, IdempotencyConflict, LimitExceeded
from apps.datasets.log.commit import commit_log
from apps.datasets.log.declaration import Declaration
from apps.datasets.models import Dataset, Upload, UploadChunk, UploadState
from apps.projects import access
from apps.storage.files import DamagedFile, delete_file, folder_of, read_file, read_ranges, require_space, write_file
from apps.storage.staging import drop_staged, is_refusal

EXPIRES_AFTER = timedelta(hours=24)
MOST_OPEN = 100
# A session in memory takes up to 256 MiB, and as much again while it is compared with what is stored.
_committing = threading.BoundedSemaphore(2)


@transaction.atomic
def declare_upload(*, actor: Actor, dataset: Dataset, declaration: Declaration) -> tuple[Upload, bool]:
    """Open an upload session, or find the one of this key to resume it. Says whether it was made now."""
    require_space(2 * declaration.byte_count)
    drop_expired_uploads()
    mine = Upload.objects.filter(created_by=actor.user)
    is_known = mine.filter(dataset=dataset, key=declaration.key).exists()
    if not is_known and mine.filter(state=UploadState.OPEN).count() >= MOST_OPEN:
        raise LimitExceeded(f"You have {MOST_OPEN} open uploads; commit them, or wait a day until they expire.")
    upload, created = Upload.objects.get_or_create(
        dataset=dataset,
        created_by=actor.user,
        key=declaration.key,
        defaults={**declaration.as_fields(), "expires_at": timezone.now() + EXPIRES_AFTER},
    )
    if declaration_of(upload) != declaration:
        raise IdempotencyConflict("An upload with this key was declared differently; use another key.", field="key")
    return upload, created


def receive_chunk(*, upload: Upload, number: int, sha256: str, content: bytes) -> None:
    """Keep one chunk. The same chunk again changes nothing; another content under its number is refused."""
    if upload.state == UploadState.COMMITTED:
        raise Conflict("This upload is committed; it takes no more chunks.")
    declaration = declaration_of(upload)
    if not 0 <= number < declaration.chunk_count:
        raise BadUserInput(f"There is no chunk {number}; the chunks are 0 … {declaration.chunk_count - 1}.")
    expected = min(upload.chunk_bytes, upload.byte_count - number * upload.chunk_bytes)
    if len(content) != expected:
        raise BadUserInput(f"Chunk {number} must have {expected:,} bytes, not {len(content):,}.")
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise BadUserInput(f"Chunk {number}: its SHA-256 should be {sha256}, but is {found}; send it again.")
    if _is_kept(upload, number, sha256):
        return
    written = write_file(folder_of(upload.dataset.project_id), content, sha256=sha256, synced=False)
    try:
        with transaction.atomic():
            # A commit takes the chunks away: one that comes late would stay for ever.
            if not Upload.objects.select_for_update().filter(pk=upload.pk, state=UploadState.OPEN).exists():
                raise Conflict("This upload was committed, or its dataset deleted, meanwhile; it takes no more chunks.")
            UploadChunk.objects.create(
                upload=upload, number=number, path=written.path, size=written.size, sha256=written.sha256
            )
    except IntegrityError:
        # Somebody else was faster, or the session has ended: no row will ever name this file.
        delete_file(written.path)
        if not _is_kept(upload, number, sha256):
            raise


def commit_upload(*, actor: Actor, upload: Upload) -> dict[str, int]:
    """Log what was uploaded, all or nothing, and answer how many datapoints it added, updated and left unchanged."""
    try:
        with _committing:
            return _commit(actor, upload)
    except ChromaError as problem:
        # Another client may have committed this very session meanwhile, and so taken its chunks away.
        report = Upload.objects.filter(pk=upload.pk).values_list("report", flat=True).first()
        if report is not None:
            return dict(report)
        if is_refusal(problem):
            drop_staged(UploadChunk.objects.filter(upload=upload.pk))
        raise


@transaction.atomic
def drop_expired_uploads() -> int:
    """Delete sessions whose time is over, with what was sent of them. Returns how many there were."""
    expired = Upload.objects.filter(expires_at__lt=timezone.now())
    # Whom another process deletes at this moment is skipped.
    ids = list(expired.select_for_update(skip_locked=True).values_list("pk", flat=True)[:MOST_OPEN])
    if ids:
        drop_staged(UploadChunk.objects.filter(upload__in=ids))
        Upload.objects.filter(pk__in=ids).delete()
    return len(ids)


def missing_chunks(upload: Upload) -> list[int]:
    if upload.state == UploadState.COMMITTED:
        return []
    kept = set(upload.chunks.values_list("number", flat=True))
    return [number for number in range(declaration_of(upload).chunk_count) if number not in kept]


def declaration_of(upload: Upload) -> Declaration:
    return Declaration(**{name: getattr(upload, name) for name in Declaration.__dataclass_fields__})


def get_upload(actor: Actor, id: Any, **options: Any) -> Upload:
    """One of the actor's own uploads; another's, or one that has expired, does not exist for them."""
    rows = Upload.objects.select_related("dataset__project").filter(
        created_by=actor.user, expires_at__gte=timezone.now()
    )
    return access.get(actor, Upload, id, rows=rows, **options)


def _commit(actor: Actor, upload: Upload) -> dict[str, int]:
    missing = missing_chunks(upload)
    if missing:
        named = ", ".join(map(str, missing[:10]))
        raise Conflict(f"{len(missing):,} of the chunks are missing: {named}{' …' if len(missing) > 10 else ''}.")
    return upload.report or commit_log(actor=actor, upload=upload, content=_joined(upload))


def _is_kept(upload: Upload, number: int, sha256: str) -> bool:
    kept = upload.chunks.filter(number=number).first()
    if kept is not None and kept.sha256 != sha256:
        raise Conflict(f"Chunk {number} was received with another content; use another key for another upload.")
    return kept is not None


def _joined(upload: Upload) -> bytearray:
    """The chunks in order, checked against the checksum that was declared for the whole."""
    content = bytearray()
    try:
        for chunk in upload.chunks.all():
            content += read_ranges(chunk, [(0, chunk.size)])[0]
    except DamagedFile:
        _drop_damaged(upload)
    if hashlib.sha256(content).hexdigest() != upload.sha256:
        _drop_damaged(upload)
        raise BadUserInput("The chunks together do not have the SHA-256 that was declared.", field="sha256")
    return content


def _drop_damaged(upload: Upload) -> None:
    """Forget chunks that the disk lost, so that they are sent again."""
    for chunk in upload.chunks.all():
        try:
            read_file(chunk)
        except DamagedFile as problem:
            chunk.delete()
            raise Conflict(f"Chunk {chunk.number} was lost on the server; send it again.") from problem
