from __future__ import annotations

from django.db import transaction

from apps.accounts.actor import Actor
from apps.analysis.match_arguments import MatchMethod, match_arguments
from apps.analysis.models import Analysis, AnalysisKind, AnalysisSource
from apps.analysis.services.analyses import start_analysis
from apps.common.errors import BadUserInput
from apps.datasets.models import Datapoint, DatapointRole, Dataset
from apps.lineage.models import TrainedModel


@transaction.atomic
def match_objects(
    *,
    actor: Actor,
    dataset: Dataset,
    trained_model: TrainedModel,
    iou_threshold: float = 0.5,
    is_class_aware: bool = False,
    method: MatchMethod = MatchMethod.HUNGARIAN,
    name: str | None = None,
) -> Analysis:
    """Match the objects that a trained model found to the ground truth, in a background job."""
    if dataset.project_id != trained_model.model_architecture.project_id:
        raise BadUserInput("Dataset and trained model must be of one project.", field="trainedModelId")
    arguments = match_arguments(iou_threshold=iou_threshold, is_class_aware=is_class_aware, method=method)
    objects = Datapoint.objects.filter(dataset=dataset, role=DatapointRole.OBJECT)
    if not objects.filter(source=str(trained_model.pk)).exists():
        raise BadUserInput(
            f"{dataset.name} has no objects that {trained_model} found; log its boxes first.", field="trainedModelId"
        )
    if not objects.filter(source="").exists():
        raise BadUserInput(f"{dataset.name} has no ground-truth objects; log labelled boxes first.", field="datasetId")
    return start_analysis(
        actor=actor,
        kind=AnalysisKind.MATCH_OBJECTS,
        job_kind="match_objects",
        trained_model=trained_model,
        sources=[AnalysisSource(dataset=dataset)],
        parameters={
            "trained_model_id": str(trained_model.pk),
            "trained_model": str(trained_model),
            "dataset_id": str(dataset.pk),
            "dataset": dataset.name,
            **arguments,
        },
        title=f"Match of {trained_model} on {dataset.name}",
        name=name,
    )
