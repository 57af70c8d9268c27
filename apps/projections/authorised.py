"""What callers name, fetched and authorised: the same for GraphQL and HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from apps.accounts.actor import Actor
from apps.common.errors import BadUserInput, LimitExceeded
from apps.embeddings.models import EmbeddingSet
from apps.projections.services import MOST_SOURCES
from apps.projects import access
from apps.projects.models import Role


def sources_for(actor: Actor, ids: Sequence[str], *, at_least: Role = Role.EDITOR) -> list[EmbeddingSet]:
    """The embedding sets that a new map is made from, in the order given."""
    if len(ids) > MOST_SOURCES:
        raise LimitExceeded(f"A map takes at most {MOST_SOURCES} embedding sets.", field="embeddingSetIds")
    rows = EmbeddingSet.objects.select_related("dataset__project", "layer", "vectors")
    return [access.get(actor, EmbeddingSet, name, at_least=at_least, rows=rows) for name in ids]


def parameters_of(given: Any) -> dict[str, Any]:
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise BadUserInput("parameters must be an object of names and values.", field="parameters")
    return given
