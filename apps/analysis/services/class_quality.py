from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from django.conf import settings
from django.db import transaction

from apps.accounts.actor import Actor
from apps.analysis.models import Analysis, AnalysisKind, AnalysisSource
from apps.analysis.services.analyses import start_analysis
from apps.common.errors import BadUserInput, LimitExceeded
from apps.embeddings.models import EmbeddingSet
from apps.lineage.models import InferenceSet, TrainedModel

MOST_TARGETS = 64
TARGETS = "targetEmbeddingSetIds"


@transaction.atomic
def run_class_quality(
    *, actor: Actor, reference: EmbeddingSet, targets: Sequence[EmbeddingSet], name: str | None = None
) -> Analysis:
    """Score how far the targets' datapoints lie from the class that they were inferred to be, in a background job.

    The classes are those of the reference's labelled datapoints. All vectors are of one layer of one trained model.
    """
    trained_model = reference.layer.layer_set.trained_model
    _check_targets(reference, targets)
    _check_inferences(trained_model, targets)
    _check_size([reference, *targets])
    datasets = ", ".join(dict.fromkeys(target.dataset.name for target in targets))
    return start_analysis(
        actor=actor,
        kind=AnalysisKind.CLASS_QUALITY,
        job_kind="run_class_quality",
        trained_model=trained_model,
        sources=[_source(reference, is_reference=True), *(_source(target) for target in targets)],
        parameters={
            "trained_model_id": str(trained_model.pk),
            "trained_model": str(trained_model),
            "layer": reference.layer.name,
            "reference": _described(reference),
            "targets": [_described(target) for target in targets],
        },
        title=f"Quality of {datasets} by {trained_model}",
        name=name,
    )


def _check_targets(reference: EmbeddingSet, targets: Sequence[EmbeddingSet]) -> None:
    if not targets:
        raise BadUserInput("Choose at least one embedding set to score.", field=TARGETS)
    if len({target.pk for target in targets}) < len(targets):
        raise BadUserInput("An embedding set is named twice.", field=TARGETS)
    if len({target.dataset_id for target in targets}) < len(targets):
        raise BadUserInput("Two embedding sets are of one dataset; choose one of them.", field=TARGETS)
    layer = reference.layer
    trained_model = layer.layer_set.trained_model
    for target in targets:
        if target.dataset.project_id != reference.dataset.project_id:
            raise BadUserInput("All embedding sets must be of one project.", field=TARGETS)
        other = target.layer
        if other.layer_set.trained_model_id != trained_model.pk or other.name != layer.name:
            raise BadUserInput(
                f"The vectors of {target.dataset.name} are of layer {other.name} of {other.layer_set.trained_model}; "
                f"those of the reference are of layer {layer.name} of {trained_model}. They must be of the same.",
                field=TARGETS,
            )
        if target.dimension != reference.dimension:
            raise BadUserInput(
                f"The vectors of {target.dataset.name} have dimension {target.dimension}, those of the reference "
                f"{reference.dimension}.",
                field=TARGETS,
            )


def _check_inferences(trained_model: TrainedModel, targets: Sequence[EmbeddingSet]) -> None:
    inferred = set(InferenceSet.objects.filter(trained_model=trained_model).values_list("dataset_id", flat=True))
    for target in targets:
        if target.dataset_id not in inferred:
            raise BadUserInput(
                f"There are no inferences of {trained_model} in {target.dataset.name}; log them first.", field=TARGETS
            )


def _check_size(embedding_sets: Sequence[EmbeddingSet]) -> None:
    needed = sum(
        found.embedding_count * found.dimension * np.dtype(found.vectors.dtype).itemsize for found in embedding_sets
    )
    if needed > settings.CHROMA_JOB_MEMORY:
        raise LimitExceeded(
            f"The vectors alone take {needed / 2**30:.1f} GiB; a job may use "
            f"{settings.CHROMA_JOB_MEMORY / 2**30:.1f} GiB on this server. Choose fewer embedding sets.",
            field=TARGETS,
        )


def _source(embedding_set: EmbeddingSet, *, is_reference: bool = False) -> AnalysisSource:
    return AnalysisSource(
        dataset=embedding_set.dataset,
        embedding_set=embedding_set,
        vectors_version=embedding_set.vectors.version,
        is_reference=is_reference,
    )


def _described(embedding_set: EmbeddingSet) -> dict[str, Any]:
    return {
        "embedding_set_id": str(embedding_set.pk),
        "dataset_id": str(embedding_set.dataset_id),
        "dataset": embedding_set.dataset.name,
    }
