"""What trained models infer: the newest in the plain columns, the others in columns that name them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from apps.curation.column_names import name_of_model
from apps.curation.exports.block import Block, Opened
from apps.curation.exports.categories import CategoryNames
from apps.datasets.columns import ColumnReader
from apps.datasets.models import Column, Dataset
from apps.lineage.models import InferenceSet, TrainedModel


class InferencesPart:
    """The inferences of one trained model. The main one adds its name and the agreement with the labels."""

    def __init__(self, model: TrainedModel | None, names: CategoryNames, *, is_main: bool) -> None:
        self._model, self._names, self._is_main = model, names, is_main
        self._name = name_of_model(model) if model else ""
        self._columns = Opened(self._open)
        suffix = "" if is_main else f":{self._name}"
        self.fields = [
            pa.field(f"inference{suffix}", pa.string()),
            pa.field(f"confidence{suffix}", pa.float32()),
            *([pa.field("inference_model", pa.string()), pa.field("agreement", pa.string())] if is_main else []),
        ]

    def read(self, block: Block) -> list[Any]:
        columns = self._columns.of(block.dataset)
        inferred, confidence = (column.read(block.rows) if column else None for column in columns)
        ids = np.where(inferred.present, inferred.values, 0) if inferred else np.zeros(len(block.rows), dtype=np.int64)
        arrays: list[Any] = [
            self._names.of(ids),
            pa.array(confidence.values.astype(np.float32), mask=~confidence.present)
            if confidence
            else pa.nulls(len(block.rows), pa.float32()),
        ]
        if self._is_main:
            present = ids != 0
            arrays += [
                pa.array([self._name if each else None for each in present], type=pa.string()),
                _agreement(block, ids),
            ]
        return arrays

    def _open(self, dataset: Dataset) -> tuple[ColumnReader | None, ColumnReader | None]:
        sets = InferenceSet.objects.filter(dataset=dataset, trained_model=self._model)
        found = sets.select_related("category_column", "confidence_column").first() if self._model else None
        return (_reader(found.category_column), _reader(found.confidence_column)) if found else (None, None)


def models_of(datasets: list[Dataset]) -> list[TrainedModel]:
    """The trained models that infer anything of these datasets, the newest first."""
    sets = InferenceSet.objects.filter(dataset__in=datasets).select_related("trained_model__model_architecture")
    return list(dict.fromkeys(each.trained_model for each in sets.order_by("-created_at", "id")))


def _reader(column: Column | None) -> ColumnReader | None:
    return ColumnReader(column) if column is not None else None


def _agreement(block: Block, inferred: Any) -> Any:
    labels = np.array([fact.category_id or 0 for fact in block.facts], dtype=np.int64)
    codes = np.select([labels == 0, inferred == 0, labels == inferred], [0, 1, 2], default=3)
    words = pa.array(["no-label", "no-inference", "agree", "disagree"])
    return words.take(pa.array(codes, mask=(labels == 0) & (inferred == 0)))
