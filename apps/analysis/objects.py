"""The objects of a dataset as arrays: those of the ground truth, and those that a trained model found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apps.datasets.bitmaps import Rows
from apps.datasets.dense import dense_column
from apps.datasets.models import Datapoint, DatapointRole, Dataset
from apps.jobs.run import JobRun
from apps.lineage.models import InferenceSet, TrainedModel

AT_ONCE = 10_000
FACTS = ("pk", "row", "parent_id", "region", "source", "category_id")


@dataclass(frozen=True)
class Objects:
    """One value for each object, in row order."""

    datapoint_ids: NDArray[np.int64]
    rows: Rows
    parents: NDArray[np.int64]
    boxes: NDArray[np.float64]
    is_found: NDArray[np.bool_]
    # 0 where there is none.
    labels: NDArray[np.int64]
    inferences: NDArray[np.int64]

    @property
    def classes(self) -> NDArray[np.int64]:
        """What each side says that it is: inferences of found objects, labels of the others."""
        return np.where(self.is_found, self.inferences, self.labels)


def read_objects(run: JobRun, dataset: Dataset, trained_model: TrainedModel) -> Objects:
    wanted = Datapoint.objects.filter(
        dataset=dataset, role=DatapointRole.OBJECT, source__in=["", str(trained_model.pk)], region__isnull=False
    )
    total = wanted.count()
    # Numbers all along: a million objects as Python values would take gigabytes.
    numbers = np.zeros((total, 5), dtype=np.int64)
    boxes = np.zeros((total, 4))
    filled = 0
    facts = wanted.order_by("row").values_list(*FACTS).iterator(chunk_size=AT_ONCE)
    for pk, row, parent, region, source, category in facts:
        if filled == total:
            break  # logged since it was counted
        numbers[filled] = pk, row, parent, bool(source), category or 0
        boxes[filled] = region
        filled += 1
        if filled % AT_ONCE == 0:
            run.progress("Reading objects", filled, total)
    numbers, boxes = numbers[:filled], boxes[:filled]
    rows = numbers[:, 1].astype(np.uint32)
    return Objects(
        datapoint_ids=numbers[:, 0],
        rows=rows,
        parents=numbers[:, 2],
        boxes=boxes,
        is_found=numbers[:, 3] == 1,
        labels=numbers[:, 4],
        inferences=_inferences(dataset, trained_model, rows),
    )


def _inferences(dataset: Dataset, trained_model: TrainedModel, rows: Rows) -> NDArray[np.int64]:
    result = np.zeros(len(rows), dtype=np.int64)
    inferences = InferenceSet.objects.filter(trained_model=trained_model, dataset=dataset).first()
    if inferences is not None:
        dataset.refresh_from_db(fields=["next_row", "alive"])
        codes, is_there = dense_column(dataset, f"inference:{inferences.pk}").read()
        inside = rows < len(codes)
        result[inside] = np.where(is_there, codes, 0)[rows[inside]]
    return result
