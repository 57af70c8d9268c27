from __future__ import annotations

from pathlib import Path

import pyarrow as pa


class KeysFile:
    """One key a line. Keys hold no line breaks."""

    def __init__(self, path: Path) -> None:
        self._handle = path.open("w", encoding="utf-8", newline="\n")

    def write(self, batch: pa.RecordBatch) -> None:
        self._handle.writelines(f"{key}\n" for key in batch.column("key").to_pylist())

    def close(self) -> None:
        self._handle.close()
