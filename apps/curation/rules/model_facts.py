"""Facts that trained models gave: inference, confidence, agreement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import numpy as np

from apps.curation.rules.facts import Piece, fact, uuid_of, whole_numbers
from apps.curation.rules.field_names import FIELD_KINDS
from apps.curation.rules.own_facts import ColumnFact
from apps.datasets.dense import dense_column
from apps.datasets.models import Column, Dataset
from apps.lineage.models import InferenceSet, TrainedModel
from apps.projects.models import Project

AGREE, DISAGREE, NO_LABEL, NO_INFERENCE = range(4)


class TrainedModelFact(ColumnFact):
    """What a trained model says, from its inference set in each dataset."""

    column_name = "category_column"

    def __init__(self, project: Project, of: str) -> None:
        pk = uuid_of(of)
        known = pk and TrainedModel.objects.filter(pk=pk, model_architecture__project=project).first()
        super().__init__(project, of, self._columns_of(known) if known else {})
        self.is_gone = not known

    def _columns_of(self, trained_model: TrainedModel) -> dict[UUID, Column]:
        sets = InferenceSet.objects.filter(trained_model=trained_model).select_related(self.column_name)
        with_columns = sets.defer(f"{self.column_name}__present")
        columns = {each.dataset_id: getattr(each, self.column_name) for each in with_columns}
        return {dataset_id: column for dataset_id, column in columns.items() if column is not None}


@fact("inference")
class InferenceFact(TrainedModelFact):
    def wanted(self, dataset: Dataset, texts: Sequence[str]) -> list[Any]:
        return whole_numbers(texts)


@fact("confidence")
class ConfidenceFact(TrainedModelFact):
    column_name = "confidence_column"


@fact("agreement")
class AgreementFact(TrainedModelFact):
    """Whether label and inference name the same category; every datapoint has a value."""

    def version(self, dataset: Dataset, texts: Sequence[str]) -> str:
        return f"{super().version(dataset, texts)}/{dense_column(dataset, 'label').version}"

    def pieces(self, dataset: Dataset) -> Iterator[Piece]:
        labels, _ = dense_column(dataset, "label").read()
        codes = np.where(labels == 0, NO_LABEL, NO_INFERENCE).astype(np.uint8)
        for rows, inferred in super().pieces(dataset):
            rows, inferred = rows[rows < len(labels)], inferred[: np.searchsorted(rows, len(labels))]
            own = labels[rows]
            codes[rows] = np.where(own == 0, NO_LABEL, np.where(own == inferred, AGREE, DISAGREE))
        yield slice(0, len(codes)), codes

    def wanted(self, dataset: Dataset, texts: Sequence[str]) -> list[Any]:
        names = FIELD_KINDS["agreement"].values
        return [names.index(text) for text in texts if text in names]
