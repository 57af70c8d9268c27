from __future__ import annotations

from django.db import transaction

from apps.accounts.actor import Actor
from apps.lineage.inferences import inference_count
from apps.lineage.models import InferenceSet
from apps.projects.cascades import delete_whole
from apps.projects.journal import record_audit


@transaction.atomic
def delete_inference_set(*, actor: Actor, inference_set: InferenceSet) -> None:
    record_audit(
        actor=actor,
        project=inference_set.dataset.project,
        action="deleted",
        target=inference_set,
        before={
            "dataset": inference_set.dataset.name,
            "trained_model": str(inference_set.trained_model),
            "count": inference_count(inference_set),
        },
    )
    delete_whole(inference_set)
