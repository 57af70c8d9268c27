"""One recorded call of `log`: a Parquet file that holds its batch whole, and says where it belongs."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from chroma_sdk._batch import Batch
from chroma_sdk._errors import InvalidArgument
from chroma_sdk._files import read_file
from chroma_sdk._origin import Origin
from chroma_sdk._vectors import as_matrix

FORMAT = 1
HEADER = b"chroma"
# Columns of the file beside those of the batch; a name of a batch's own column never starts so.
FILE, VECTOR, PROBABILITIES, CLEARED = ":file", ":embedding", ":probabilities", ":clear:"


@dataclass(frozen=True)
class Part:
    """Where a recorded batch belongs."""

    project: str
    dataset: str
    kind: str | None
    origin: Origin
    classes: list[str] | None = field(default=None)


def write_part(path: Path, part: Part, batch: Batch) -> None:
    """Write a batch; the file appears under its name only when it is whole."""
    columns: dict[str, Any] = {"key": batch.keys, **batch.columns}
    columns |= {f"{CLEARED}{name}": mask for name, mask in batch.cleared.items()}
    if batch.files is not None:
        columns[FILE] = _contents(batch.files)
    for name, matrix in ((VECTOR, batch.vectors), (PROBABILITIES, batch.probabilities)):
        if matrix is not None:
            columns[name] = pa.FixedSizeListArray.from_arrays(pa.array(matrix.reshape(-1)), matrix.shape[1])
    header = {"format": FORMAT, **asdict(part)}
    table = pa.table(columns).replace_schema_metadata({HEADER: json.dumps(header).encode()})
    unfinished = path.with_suffix(".unfinished")
    pq.write_table(table, unfinished, compression="zstd")
    with unfinished.open("rb+") as file:
        os.fsync(file.fileno())
    unfinished.replace(path)


def read_part(path: Path) -> tuple[Part, Batch]:
    """Read what `write_part` wrote."""
    try:
        table = pq.read_table(path).combine_chunks()
        header = json.loads((table.schema.metadata or {})[HEADER])
    except (pa.ArrowInvalid, KeyError, ValueError, OSError) as problem:
        raise InvalidArgument("path", f"{str(path)!r} is no recorded part that can be read.") from problem
    if header.pop("format", None) != FORMAT:
        raise InvalidArgument("path", f"{str(path)!r} was recorded by another version of this package.")
    part = Part(**{**header, "origin": Origin(**header["origin"])})
    columns = {name: _chunk(table.column(name)) for name in table.column_names}
    batch = Batch(keys=columns.pop("key"), classes=part.classes)
    if FILE in columns:
        batch.files = columns.pop(FILE).to_pylist()
    if VECTOR in columns:
        batch.vectors = as_matrix("embeddings", columns.pop(VECTOR))
    if PROBABILITIES in columns:
        batch.probabilities = as_matrix("probabilities", columns.pop(PROBABILITIES)).astype(np.float32)
    batch.cleared = {name[len(CLEARED) :]: columns.pop(name) for name in list(columns) if name.startswith(CLEARED)}
    batch.columns = columns
    return part, batch


def _contents(files: list[Any]) -> pa.Array:
    contents = [None if file is None else read_file(file, "")[1] for file in files]
    return pa.array(contents, pa.large_binary())


def _chunk(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else pa.concat_arrays(column.chunks)
