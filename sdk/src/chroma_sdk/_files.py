"""Files that datapoints stand for: checked before anything is sent, then read, hashed and uploaded once per project."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from chroma_sdk._arrow import as_stream
from chroma_sdk._clear import CLEAR
from chroma_sdk._connection import Connection
from chroma_sdk._errors import InvalidArgument
from chroma_sdk._png import encode_png, problem_with
from chroma_sdk._strings import from_tensor

MIB = 1024 * 1024
LARGEST_FILE = 15 * MIB
# A pack is a request of at most 16 MiB; names, checksums and Arrow's framing take the rest.
PACK_BYTES = LARGEST_FILE + MIB // 2
FILES_IN_A_PACK = 2_000

PACK_SCHEMA = pa.schema([("sha256", pa.string()), ("name", pa.string()), ("content", pa.binary())])


def as_files(values: Any, n: int) -> tuple[list[Any], pa.Array | None]:
    """Return one file (or None) per key and the mask of CLEARs; every file is there and small enough."""
    if values is CLEAR:
        return [None] * n, pa.repeat(pa.scalar(True), n)
    values = from_tensor(values)
    if isinstance(values, (str, bytes)) or not hasattr(values, "__len__"):
        raise InvalidArgument("files", f"got {type(values).__name__}, wanted a sequence with one file per key.")
    if len(values) != n:
        raise InvalidArgument("files", f"got {len(values):,} files for {n:,} keys.")
    if isinstance(values, (pa.Array, pa.ChunkedArray)):
        values = values.to_pylist()
    files = [_checked(row, value) for row, value in enumerate(values)]
    if not any(file is CLEAR for file in files):
        return files, None
    return [None if file is CLEAR else file for file in files], pa.array([file is CLEAR for file in files])


class FileStore:
    """Uploads the files that a project does not have yet; remembers, while it lives, those that it has."""

    def __init__(self, connection: Connection, project_id: str) -> None:
        self._connection = connection
        self._path = f"/bulk/v1/projects/{project_id}/files"
        self._present: set[str] = set()

    def upload(self, files: Sequence[Any], names: Sequence[str]) -> pa.Array:
        """Make sure that the project has these files; return their checksums (null where there is no file).

        Each file is read once, and no more than one pack is held in memory.
        """
        digests: list[str | None] = [None] * len(files)
        for pack in _packs(files, names):
            for row, digest, _, _ in pack:
                digests[row] = digest
            self._send({digest: (name, content) for _, digest, name, content in pack if digest not in self._present})
        return pa.array(digests, pa.string())

    def _send(self, contents: dict[str, tuple[str, bytes]]) -> None:
        if not contents:
            return
        asked = {"sha256": list(contents)}
        missing = self._connection.request("POST", f"{self._path}/missing", json=asked).json()["missing"]
        if missing:
            names, bodies = zip(*(contents[digest] for digest in missing), strict=True)
            batch = pa.record_batch([pa.array(missing), pa.array(names), pa.array(bodies)], schema=PACK_SCHEMA)
            self._connection.request("POST", self._path, content=as_stream(batch))
        self._present.update(contents)


Entry = tuple[int, str, str, bytes]


def _packs(files: Sequence[Any], names: Sequence[str]) -> Iterator[list[Entry]]:
    """Read the files and group them so that each group fits into one request."""
    pack: list[Entry] = []
    size = 0
    for row, (file, name) in enumerate(zip(files, names, strict=True)):
        if file is None:
            continue
        name, content = read_file(file, name)
        if len(content) > LARGEST_FILE:
            raise InvalidArgument("files", f"{name} has {len(content):,} bytes; at most {LARGEST_FILE:,} are allowed.")
        if pack and (size + len(content) > PACK_BYTES or len(pack) == FILES_IN_A_PACK):
            yield pack
            pack, size = [], 0
        pack.append((row, hashlib.sha256(content).hexdigest(), name, content))
        size += len(content)
    if pack:
        yield pack


def _checked(row: int, value: Any) -> Any:
    """Return a Path, bytes, an image array, a PIL image, None or CLEAR."""
    if value is None or value is CLEAR:
        return value
    if isinstance(value, (str, Path)):
        return _checked_path(row, Path(value))
    if isinstance(value, (bytes, bytearray, memoryview)):
        content = bytes(value)
        if not 0 < len(content) <= LARGEST_FILE:
            raise InvalidArgument("files", f"row {row} has {len(content):,} bytes; 1 to {LARGEST_FILE:,} are allowed.")
        return content
    value = from_tensor(value)
    if isinstance(value, np.ndarray):
        if problem := problem_with(value):
            raise InvalidArgument("files", f"row {row}: {problem}")
        return value
    if _is_pil_image(value):
        return value
    wanted = "a local path, bytes, a PIL image, an image array or None"
    raise InvalidArgument("files", f"row {row} is of type {type(value).__name__}, wanted {wanted}.")


def _checked_path(row: int, path: Path) -> Path:
    if not path.is_file():
        raise InvalidArgument("files", f"row {row}: there is no file {str(path)!r}.")
    size = path.stat().st_size
    if not 0 < size <= LARGEST_FILE:
        raise InvalidArgument("files", f"row {row}: {path} has {size:,} bytes; 1 to {LARGEST_FILE:,} are allowed.")
    return path


def read_file(file: Any, name: str) -> tuple[str, bytes]:
    """Return the name and the content of a checked file; `name` is for one that has none of its own."""
    if isinstance(file, Path):
        return file.name, file.read_bytes()
    if isinstance(file, bytes):
        return name, file
    if isinstance(file, np.ndarray):
        return f"{name}.png", encode_png(file)
    content = io.BytesIO()
    file.save(content, format="PNG")
    return f"{name}.png", content.getvalue()


def _is_pil_image(value: Any) -> bool:
    """Tell a PIL image without importing Pillow, which the SDK does not need."""
    return all(hasattr(value, name) for name in ("save", "mode", "size", "getbands"))
