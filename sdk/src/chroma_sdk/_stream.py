"""Writes rows of a batch as the Arrow stream of one upload session."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from chroma_sdk._arrow import as_stream
from chroma_sdk._batch import Batch

MOST_ROWS = 20_000
# Keeps a session of long vectors or texts within what client and server hold in memory at once.
MOST_BYTES = 64 * 1024 * 1024


def rows_per_session(batch: Batch) -> int:
    """Return how many rows a session holds: at most 20,000, fewer where rows are large."""
    return max(1, min(MOST_ROWS, MOST_BYTES // batch.bytes_per_row))


def session_stream(batch: Batch, start: int, stop: int, digests: Any) -> bytes:
    """Return the rows from `start` up to `stop` as one Arrow IPC stream.

    `digests` holds the checksums of these rows' uploaded files, or is None.
    """
    n = stop - start
    columns = {"key": batch.keys.slice(start, n)} if batch.has_keys else {}
    columns |= {name: column.slice(start, n) for name, column in batch.columns.items()}
    if digests is not None:
        columns["file"] = digests
    if batch.probabilities is not None:
        columns["probabilities"] = _fixed_size_lists(batch.probabilities[start:stop])
    if batch.vectors is not None:
        columns["embedding"] = _fixed_size_lists(batch.vectors[start:stop])
    if batch.cleared:
        columns["clear"] = _clear_column(batch, start, n)
    return as_stream(pa.record_batch(list(columns.values()), names=list(columns)))


def _fixed_size_lists(matrix: np.ndarray[Any, Any]) -> Any:
    """View a matrix as one Arrow list per row; the numbers are not copied."""
    return pa.FixedSizeListArray.from_arrays(pa.array(matrix.reshape(-1)), matrix.shape[1])


def _clear_column(batch: Batch, start: int, n: int) -> Any:
    fields: list[list[str]] = [[] for _ in range(n)]
    for name, mask in batch.cleared.items():
        for row in np.flatnonzero(mask.slice(start, n).to_numpy(zero_copy_only=False)):
            fields[row].append(name)
    return pa.array(fields, pa.list_(pa.string()))
