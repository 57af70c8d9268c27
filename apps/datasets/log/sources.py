"""Trained models as the sources of objects. The app that knows trained models registers how one is found and made."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from apps.datasets.models import Upload


class ModelSources(Protocol):
    """Finds and makes the trained model that an upload names."""

    def find(self, upload: Upload) -> UUID | None:
        """Its id; None where there is none yet."""

    def make(self, upload: Upload, id: UUID) -> UUID:
        """Make it under this id, unless there is one by now, and say its id. Runs inside the log's transaction."""


_registered: list[ModelSources] = []


def model_sources(sources: type[ModelSources]) -> type[ModelSources]:
    """Register the one class of this kind."""
    assert not _registered, "Two apps know trained models"
    _registered.append(sources())
    return sources


def sources() -> ModelSources:
    return _registered[0]
