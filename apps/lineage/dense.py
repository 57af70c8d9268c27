"""The columns of inference sets, as browsers get them."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from apps.common.errors import NotFound
from apps.datasets.dense import DenseColumn, dense_provider
from apps.datasets.dense.own import stored_column
from apps.datasets.models import Dataset
from apps.lineage.models import InferenceSet


@dense_provider("inference")
def inference_column(dataset: Dataset, rest: str) -> DenseColumn:
    return stored_column(dataset, _inference_set(dataset, rest).category_column)


@dense_provider("confidence")
def confidence_column(dataset: Dataset, rest: str) -> DenseColumn:
    column = _inference_set(dataset, rest).confidence_column
    if column is None:
        raise NotFound("This inference set has no confidences.")
    return stored_column(dataset, column)


def _inference_set(dataset: Dataset, pk: str) -> InferenceSet:
    try:
        return InferenceSet.objects.select_related("category_column", "confidence_column").get(dataset=dataset, pk=pk)
    except (InferenceSet.DoesNotExist, ValidationError) as problem:
        raise NotFound("No such inference set in this dataset.") from problem
