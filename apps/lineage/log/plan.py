"""What a log changes in an inference set."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from apps.datasets.columns import create_column
from apps.datasets.log.batch import Mask
from apps.datasets.log.column_plan import ColumnPlan
from apps.datasets.log.fields import PlanOutdated
from apps.datasets.log.target import Target
from apps.datasets.models import ColumnKind, Upload
from apps.lineage.models import InferenceSet
from apps.lineage.services.by_name import get_or_create_trained_model
from apps.projects.journal import record_change


def inference_sets(upload: Upload) -> QuerySet[InferenceSet]:
    """The inference set that the upload names, if it is there."""
    return InferenceSet.objects.filter(
        dataset=upload.dataset_id,
        trained_model__version=upload.version,
        trained_model__model_architecture__name=upload.model,
        trained_model__model_architecture__project=upload.dataset.project_id,
    ).select_related("category_column", "confidence_column", "probabilities_column")


@dataclass(frozen=True)
class InferencePlan:
    changed: Mask
    upload: Upload
    inference_set: InferenceSet | None
    category: ColumnPlan
    confidence: ColumnPlan
    probabilities: ColumnPlan
    # Ids in the order of the probabilities; None where the log has none.
    classes: list[int] | None

    def prepare(self, target: Target) -> None:
        """Datapoints refer to no inference."""

    def commit(self, target: Target) -> None:
        inference_set = self._inference_set(target)
        if self.confidence and inference_set.confidence_column is None:
            inference_set.confidence_column = create_column(dataset=target.dataset, kind=ColumnKind.CONFIDENCE)
        if self.probabilities and inference_set.probabilities_column is None:
            assert self.classes is not None, "probabilities were checked to come with classes"
            inference_set.classes = self.classes
            inference_set.probabilities_column = create_column(
                dataset=target.dataset, kind=ColumnKind.VECTOR, dtype="float32", width=len(self.classes)
            )
        inference_set.save()
        self.category.commit(inference_set.category_column)
        if inference_set.confidence_column is not None:
            self.confidence.commit(inference_set.confidence_column)
        if inference_set.probabilities_column is not None:
            self.probabilities.commit(inference_set.probabilities_column)

    def _inference_set(self, target: Target) -> InferenceSet:
        if self.inference_set is not None:
            found = inference_sets(self.upload).select_for_update(of=("self",)).filter(pk=self.inference_set.pk).first()
            if found is None:
                raise PlanOutdated
            return found
        project = target.dataset.project
        made = InferenceSet.objects.create(
            trained_model=get_or_create_trained_model(
                project=project, model=self.upload.model, version=self.upload.version
            ),
            dataset=target.dataset,
            category_column=create_column(dataset=target.dataset, kind=ColumnKind.CATEGORY),
        )
        record_change(project, kind="created", target=made)
        return made
