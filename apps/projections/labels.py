"""The labels that a map's datapoints have now, as codes for array functions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from apps.datasets.dense import dense_column
from apps.projections.models import ProjectionSource
from apps.projections.vectors import Members

UNLABELLED = -1


def current_labels(sources: Sequence[ProjectionSource], members: Members) -> NDArray[np.int32]:
    """The category of each member, numbered from 0 in the order of their ids; -1 where there is none."""
    ids = np.zeros(len(members.row), dtype=np.int64)
    for source in sources:
        values, present = dense_column(source.embedding_set.dataset, "label").read()
        here = members.source == source.position
        rows = members.row[here]
        ids[here] = np.where(present[rows], values[rows], 0)
    known, codes = np.unique(ids, return_inverse=True)
    # 0 stands for no label; where all have one, it is not among the ids.
    return np.asarray(codes - 1 if len(known) and known[0] == 0 else codes, dtype=np.int32)
