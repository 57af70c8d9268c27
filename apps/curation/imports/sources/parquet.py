from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from apps.common.errors import BadUserInput, LimitExceeded
from apps.curation.imports.problems import Problems
from apps.curation.imports.sources.parquet_types import plain
from apps.curation.imports.sources.source import LONGEST_LINE, ROWS_A_BATCH, Numbered, check_columns
from apps.curation.models import ImportFormat

# A batch has fewer rows where these are large.
BYTES_A_BATCH = 64 * 1024 * 1024


class ParquetSource:
    """Typed columns as they are; nested records become JSON where a field wants them."""

    format = ImportFormat.PARQUET

    def __init__(self, path: Path) -> None:
        try:
            schema = pq.read_schema(path)
            texts = [field.name for field in schema if pa.types.is_string(field.type) or pa.types.is_binary(field.type)]
            # A text that comes a million times stands once in the file: written out it may be larger than the memory.
            self._file = pq.ParquetFile(
                path, read_dictionary=texts, thrift_string_size_limit=2**26, thrift_container_size_limit=2**22
            )
        except (pa.ArrowException, OSError) as problem:
            raise BadUserInput(
                "This looks like a Parquet file but cannot be read: it is cut short or damaged."
            ) from problem
        self._columns = check_columns(self._file.schema_arrow.names)

    def columns(self) -> list[str]:
        return self._columns

    def batches(self, problems: Problems) -> Iterator[Numbered]:
        first = 1
        try:
            for batch in self._file.iter_batches(batch_size=_rows_a_batch(self._file.metadata)):
                batch.validate(full=True)
                for part in _in_small_parts(batch):
                    yield np.arange(first, first + part.num_rows), plain(part)
                    first += part.num_rows
        except (pa.ArrowException, OSError) as problem:
            raise BadUserInput(f"The Parquet file is damaged after row {first - 1:,}.") from problem


def _rows_a_batch(metadata: Any) -> int:
    """So many rows that they fit into memory, as the file itself says how large they are."""
    groups = [metadata.row_group(place) for place in range(metadata.num_row_groups)]
    largest = max((_bytes_of(group) // group.num_rows for group in groups if group.num_rows), default=0)
    if largest > LONGEST_LINE:
        raise LimitExceeded(f"The rows of the file are larger than {LONGEST_LINE // 2**20} MiB.")
    return min(ROWS_A_BATCH, BYTES_A_BATCH // max(largest, 1))


def _bytes_of(group: Any) -> int:
    """The size of a row group; of lists, the numbers inside count, however well they are packed."""
    columns = (group.column(place) for place in range(group.num_columns))
    return sum(max(column.total_uncompressed_size, 8 * column.num_values) for column in columns)


def _in_small_parts(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """The batch, in as many parts as its texts need to be written out one after the other."""
    sizes = np.zeros(batch.num_rows, dtype=np.int64)
    for values in batch.columns:
        if pa.types.is_dictionary(values.type) and len(values.dictionary):
            lengths = pc.binary_length(values.dictionary).take(values.indices)
            sizes += pc.fill_null(lengths, 0).to_numpy(zero_copy_only=False)
    if sizes.max(initial=0) > LONGEST_LINE:
        raise LimitExceeded(f"A row of the file is larger than {LONGEST_LINE // 2**20} MiB.")
    part_of_row = np.cumsum(sizes) // BYTES_A_BATCH
    starts = np.flatnonzero(np.diff(part_of_row, prepend=-1))
    for start, end in zip(starts, [*starts[1:], batch.num_rows], strict=True):
        yield batch.slice(start, end - start)
