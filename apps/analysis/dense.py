"""The columns of score sets, as browsers get them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from django.core.exceptions import ValidationError
from numpy.typing import NDArray

from apps.analysis.models import ScoreSet
from apps.common.errors import NotFound
from apps.datasets.dense import DenseColumn, dense_provider
from apps.datasets.dense.own import stored_column
from apps.datasets.models import Dataset


@dense_provider("score")
def score_column(dataset: Dataset, rest: str) -> DenseColumn:
    """Numbers; for an enumerated score the place in its values, as 32 bits."""
    try:
        score_set = ScoreSet.objects.select_related("column").get(dataset=dataset, pk=rest)
    except (ScoreSet.DoesNotExist, ValidationError) as problem:
        raise NotFound("No such score set in this dataset.") from problem
    column = stored_column(dataset, score_set.column)
    if score_set.values is None:
        return column

    def read() -> tuple[Any, NDArray[np.bool_]]:
        codes, present = column.read()
        return codes.astype(np.int32), present

    return replace(column, read=read)
