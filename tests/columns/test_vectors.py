from __future__ import annotations

import numpy as np
import pytest

from apps.datasets.columns import append_values, create_column, iter_column, read_column, read_rows
from apps.datasets.models import ColumnKind, Segment
from apps.storage.files import DamagedFile

ODD_BITS = {
    "float16": np.array([0x8000, 0x0001, 0x03FF, 0x7BFF], dtype=np.uint16),
    "float32": np.array([0x80000000, 0x00000001, 0x007FFFFF, 0x7F7FFFFF], dtype=np.uint32),
    "float64": np.array([1 << 63, 1, (1 << 52) - 1, 0x7FEFFFFFFFFFFFFF], dtype=np.uint64),
}


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
@pytest.mark.holds(28)
def test_vectors_read_back_bit_by_bit(dataset, dtype):
    vectors = np.tile(ODD_BITS[dtype].view(dtype), (5000, 1))
    vectors[:, 1] = np.arange(5000)
    column = create_column(dataset=dataset, kind=ColumnKind.VECTOR, dtype=dtype, width=4)
    append_values(column, np.arange(5000, dtype=np.uint32), vectors)

    assert read_column(column, length=5000).values.tobytes() == vectors.tobytes()
    rows = np.array([4999, 3, 4096, 4095, 3], dtype=np.uint32)
    assert read_rows(column, rows).values.tobytes() == vectors[rows].tobytes()
    assert b"".join(values.tobytes() for _, values in iter_column(column, block=777)) == vectors.tobytes()


def test_vectors_lie_in_segments_of_about_four_thousand_rows(dataset):
    column = create_column(dataset=dataset, kind=ColumnKind.VECTOR, dtype="float32", width=2)
    append_values(column, np.arange(10_000, dtype=np.uint32), np.zeros((10_000, 2), dtype=np.float32))
    assert [segment.row_count for segment in column.segments.all()] == [4096, 4096, 1808]


def test_rows_may_be_appended_in_any_order(dataset):
    column = create_column(dataset=dataset, kind=ColumnKind.VECTOR, dtype="float32", width=2)
    append_values(column, np.array([7, 2, 5], dtype=np.uint32), np.array([[7, 0], [2, 0], [5, 0]], dtype=np.float32))
    found = read_column(column, length=8)
    assert found.values[:, 0].tolist() == [0, 0, 2, 0, 0, 5, 0, 7]
    assert np.flatnonzero(found.present).tolist() == [2, 5, 7]


@pytest.mark.holds(28)
def test_a_changed_file_is_noticed_and_never_served(dataset, settings):
    column = create_column(dataset=dataset, kind=ColumnKind.NUMBER)
    append_values(column, np.arange(3, dtype=np.uint32), np.ones(3))
    file = settings.CHROMA_DATA_DIR / "files" / Segment.objects.get(column=column).path
    file.write_bytes(b"\0" * file.stat().st_size)
    with pytest.raises(DamagedFile):
        read_column(column, length=3)
