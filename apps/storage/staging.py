"""Staged files: the chunks of an upload, needed until it is committed or refused and by nothing else.

Each has a name of its own that no other row can hold, so they need not wait for `collect_garbage`.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from apps.common.errors import BadUserInput, ChromaError, LimitExceeded, StorageFull, UnsupportedType
from apps.storage.files import delete_file


@transaction.atomic
def drop_staged(chunks: QuerySet) -> None:  # type: ignore[type-arg]  # of any model that inherits StoredFile
    """Delete chunks: their rows in the caller's transaction, and their files once that is committed."""
    paths = list(chunks.order_by().values_list("path", flat=True))
    chunks.order_by().delete()

    def delete() -> None:
        for path in paths:
            delete_file(path)

    # Robust: what cannot be deleted now is garbage, and no reason to tell anybody that the commit failed. No partial:
    # Django wants a name for its log.
    transaction.on_commit(delete, robust=True)


def is_refusal(problem: ChromaError) -> bool:
    """Whether the same content would be refused again, so that nobody needs its chunks any more."""
    is_about_content = isinstance(problem, BadUserInput | LimitExceeded | UnsupportedType)
    return is_about_content and not isinstance(problem, StorageFull)
