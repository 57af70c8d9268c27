from __future__ import annotations

from django.db import transaction

from apps.accounts.actor import Actor
from apps.embeddings.models import EmbeddingSet
from apps.projects.cascades import delete_whole
from apps.projects.journal import record_audit


@transaction.atomic
def delete_embedding_set(*, actor: Actor, embedding_set: EmbeddingSet) -> None:
    """Delete the vectors and the maps made from them."""
    record_audit(
        actor=actor,
        project=embedding_set.dataset.project,
        action="deleted",
        target=embedding_set,
        before={
            "dataset": embedding_set.dataset.name,
            "layer": embedding_set.layer.name,
            "count": embedding_set.embedding_count,
        },
    )
    delete_whole(embedding_set)
