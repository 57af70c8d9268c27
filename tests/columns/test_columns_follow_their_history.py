"""A column behaves like a dict from row to value, at every version it ever had."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from apps.datasets.columns import append_values, create_column, iter_column, present_rows, read_column, read_rows
from apps.datasets.models import Column, ColumnKind

LENGTH = 12
ROWS = st.lists(st.integers(0, LENGTH - 1), unique=True, max_size=LENGTH)
STEPS = st.lists(st.tuples(ROWS, ROWS), max_size=6)


def make_column(dataset, kind):
    if kind == ColumnKind.VECTOR:
        return create_column(dataset=dataset, kind=kind, dtype="float16", width=3)
    return create_column(dataset=dataset, kind=kind)


def values_for(kind, rows, step):
    numbers = np.asarray(rows, dtype=np.int64) * 10 + step + 1
    if kind == ColumnKind.VECTOR:
        return np.stack([numbers, -numbers, numbers / 2], axis=1).astype(np.float16)
    if kind == ColumnKind.TEXT:
        return pa.array([f"ä{number}" for number in numbers], type=pa.string())
    return numbers.astype(np.uint8 if kind == ColumnKind.BOOLEAN else np.float64)


def plain(values, kind):
    if kind == ColumnKind.TEXT:
        return values.to_pylist()
    return [tuple(value) for value in values.tolist()] if kind == ColumnKind.VECTOR else values.tolist()


@pytest.mark.parametrize("kind", [ColumnKind.NUMBER, ColumnKind.TEXT, ColumnKind.VECTOR])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, asked=st.lists(st.integers(0, LENGTH - 1), max_size=8), block=st.integers(1, 5))
@pytest.mark.holds(28)
def test_random_appends_and_clears_read_back_like_a_dict_at_every_version(dataset, kind, steps, asked, block):
    column = make_column(dataset, kind)
    model: dict[int, object] = {}
    history = {0: {}}
    for step, (rows, gone) in enumerate(steps):
        gone = [row for row in gone if row not in rows]
        values = values_for(kind, rows, step)
        append_values(column, np.array(rows, dtype=np.uint32), values, cleared=BitMap(gone))
        model = model | dict(zip(rows, plain(values, kind), strict=True))
        model = {row: value for row, value in model.items() if row not in gone}
        history[column.version] = model

    column = Column.objects.get(pk=column.pk)
    assert set(present_rows(column)) == set(model)
    for version, then in history.items():
        whole = read_column(column, length=LENGTH, version=version)
        found = plain(whole.values, kind)
        assert {row: found[row] for row in np.flatnonzero(whole.present)} == then
        assert set(present_rows(column, version)) == set(then)
        some = read_rows(column, np.array(asked, dtype=np.uint32), version=version)
        assert some.present.tolist() == [row in then for row in asked]
        values = plain(some.values, kind)
        assert all(value == then[row] for row, value in zip(asked, values, strict=True) if row in then)
        blocks = list(iter_column(column, version=version, block=block))
        streamed = {
            row: value for rows, values in blocks for row, value in zip(rows.tolist(), plain(values, kind), strict=True)
        }
        assert streamed == then
        assert list(streamed) == sorted(streamed)
