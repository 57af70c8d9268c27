from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from apps.common.errors import BadUserInput
from apps.curation.imports.problems import Problems
from apps.curation.imports.sources.source import ROWS_A_BATCH, Numbered, check_columns
from apps.curation.models import ImportFormat


class ParquetSource:
    """Typed columns as they are; nested records become JSON where a field wants them."""

    format = ImportFormat.PARQUET

    def __init__(self, path: Path) -> None:
        try:
            self._file = pq.ParquetFile(path, thrift_string_size_limit=2**26, thrift_container_size_limit=2**22)
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
            for batch in self._file.iter_batches(batch_size=ROWS_A_BATCH):
                batch.validate(full=True)
                yield np.arange(first, first + batch.num_rows), pa.Table.from_batches([batch])
                first += batch.num_rows
        except (pa.ArrowException, OSError) as problem:
            raise BadUserInput(f"The Parquet file is damaged after row {first - 1:,}.") from problem
