from __future__ import annotations

from django.utils import timezone

from apps.curation.models import Export


def is_ready(export: Export) -> bool:
    """Whether the job has written the file."""
    return bool(export.path)


def size_of(export: Export) -> int | None:
    return export.size if is_ready(export) else None


def address_of(export: Export) -> str | None:
    """Where the file is fetched; None until it is there, and once it has expired."""
    is_offered = is_ready(export) and export.expires_at > timezone.now()
    return f"/bulk/v1/exports/{export.pk}/content" if is_offered else None
