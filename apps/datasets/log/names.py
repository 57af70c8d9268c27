"""Columns that name categories."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from apps.common.errors import BadUserInput
from apps.common.names import clean_name
from apps.datasets.log.batch import LogBatch, check_text
from apps.datasets.log.categories import MOST_CATEGORIES, check_category_count
from apps.datasets.log.target import Ids, Target

LONGEST_NAME = 200


def check_category_column(batch: LogBatch, column: str) -> None:
    """Check the names in a column, and ask for their categories."""
    if not batch.has(column):
        return
    check_text(batch, column, at_least=1, at_most=LONGEST_NAME)
    distinct = pc.unique(batch.column(column)).drop_null()
    if len(distinct) > MOST_CATEGORIES:
        raise BadUserInput(
            f"The column {column!r} names {len(distinct):,} categories; at most {MOST_CATEGORIES:,} are allowed. "
            "This looks like text, not labels.",
            field=column,
        )
    names = set()
    for name in distinct.to_pylist():
        try:
            names.add(clean_name(name, what=f"{name!r}", field=column, at_most=LONGEST_NAME))
        except BadUserInput as problem:
            row = pc.index(batch.column(column), name).as_py()
            batch.fail_at(column, row, problem.message)
    batch.category_names.update(names)
    check_category_count(batch.dataset.project, batch.category_names)


def category_ids(batch: LogBatch, column: str, target: Target) -> Ids:
    """The category ids of a column's names; 0 where it says nothing."""
    encoded = batch.column(column).dictionary_encode()
    ids = [
        target.categories[clean_name(name, what="", at_most=LONGEST_NAME)] for name in encoded.dictionary.to_pylist()
    ]
    codes = pc.fill_null(encoded.indices.cast(pa.int64()), len(ids)).to_numpy(zero_copy_only=False)
    chosen: Ids = np.array([*ids, 0], dtype=np.int64)[codes]
    return chosen
