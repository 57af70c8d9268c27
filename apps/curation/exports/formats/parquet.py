from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

ROWS_A_GROUP = 10_000


class ParquetFile:
    """Typed columns; vectors as lists of their own width."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._writer: Any = pq.ParquetWriter(path, schema, compression="zstd")

    def write(self, batch: pa.RecordBatch) -> None:
        self._writer.write_batch(batch, row_group_size=ROWS_A_GROUP)

    def close(self) -> None:
        self._writer.close()
