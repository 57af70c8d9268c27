"""Values that YAML cannot hold: bytes, arrays, what is huge, what is broken. `!make [name, …]` calls one of them."""

from __future__ import annotations

import hashlib
import io
import json
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from tests.logging.upload import stream_of, table_of
from tests.world import chunk as one_datapoint

PLAIN = {"key": ["a", "b"], "label": ["x", "y"]}


def repeated(text: str, times: int) -> str:
    return text * times


def between(start: str, middle: str, times: int, end: str) -> str:
    return start + middle * times + end


def numbered(template: str, count: int, before: str = "", after: str = "") -> str:
    """`template` with 0, 1, … in place of #, joined by blanks."""
    return before + " ".join(template.replace("#", str(number)) for number in range(count)) + after


def listed(template: str, count: int) -> list[str]:
    return [template.replace("#", str(number)) for number in range(count)]


def same(value: Any, count: int) -> list[Any]:
    return [value] * count


def data(hexadecimal: str) -> bytes:
    return bytes.fromhex(hexadecimal)


def latin(text: str) -> bytes:
    return text.encode("latin-1")


def zeros(count: int) -> bytes:
    return bytes(count)


def chunk() -> bytes:
    """The one datapoint that an open upload waits for."""
    return one_datapoint()


def other_chunk(what: str) -> bytes | str:
    """As many bytes as the chunk, but others."""
    content = bytes(len(one_datapoint()))
    return {"bytes": content, "digest": hashlib.sha256(content).hexdigest()}[what]


def stream(columns: dict[str, Any] | None = None) -> bytes:
    return stream_of(table_of(columns or PLAIN))


def cut(share: float) -> bytes:
    content = stream()
    return content[: int(len(content) * share)]


def without_end() -> bytes:
    """A stream cut just before its end mark, which readers of Arrow take for whole."""
    return stream()[:-8]


def trailing(text: str) -> bytes:
    return stream() + text.encode()


def metadata_length(length: int) -> bytes:
    """A stream whose first message says it is so long."""
    content = bytearray(stream())
    content[4:8] = length.to_bytes(4, "little", signed=True)
    return bytes(content)


def compressed(codec: str) -> bytes:
    return stream_of(table_of(PLAIN), options=pa.ipc.IpcWriteOptions(compression=codec))


def bad_offsets() -> bytes:
    """A text column whose offsets point outside its bytes."""
    right, wrong = (np.array(offsets, dtype=np.int32).tobytes() for offsets in ([0, 3, 6], [0, 3_000, 6_000]))
    content = stream_of(table_of({"key": ["abc", "def"]}))
    assert content.count(right) == 1
    return content.replace(right, wrong)


def bad_text(where: str) -> bytes:
    """Bytes that are no UTF-8 in a value, or in a column's name."""
    content = stream_of(table_of({"key": ["a", "b"], "label": ["QQQQ", "y"], "metadata:ZZZZ": pa.array([1, 2])}))
    return content.replace({"value": b"QQQQ", "name": b"ZZZZ"}[where], b"\xff\xfe\xff\xfe")


def parquet() -> bytes:
    target = io.BytesIO()
    pq.write_table(table_of(PLAIN), target)
    return target.getvalue()


def feather() -> bytes:
    target = io.BytesIO()
    with pa.ipc.new_file(target, table_of(PLAIN).schema) as writer:
        writer.write_table(table_of(PLAIN))
    return target.getvalue()


def npy(shape: list[int]) -> bytes:
    target = io.BytesIO()
    np.save(target, np.zeros(shape, dtype=np.float32))
    return target.getvalue()


def floats(values: Any, dtype: str = "float32") -> np.ndarray:
    return np.array(values, dtype=dtype)


def vectors(rows: int, width: int, dtype: str = "float32", row: int = 0, at: int = 0, value: Any = 1.0) -> np.ndarray:
    made = np.ones((rows, width), dtype=dtype)
    made[row, at] = value
    return made


def typed(kind: str, values: list[Any]) -> pa.Array:
    return pa.array(values, type=TYPES[kind])


def maps(values: list[dict[str, int]]) -> pa.Array:
    return pa.array([list(value.items()) for value in values], type=TYPES["map"])


def byte_strings(values: list[str]) -> pa.Array:
    return pa.array([value.encode() for value in values])


def nothing_but(count: int) -> dict[str, Any]:
    """So many datapoints with a label of their own each."""
    return {"key": [f"k{row}" for row in range(count)], "label": [f"text {row}" for row in range(count)]}


def wide(count: int) -> dict[str, Any]:
    return {"key": ["a"], **{f"metadata:m{number}": pa.array([1]) for number in range(count)}}


def dictionary_bomb() -> dict[str, Any]:
    """A hundred kilobytes that would unpack to 180 MB."""
    texts = pa.DictionaryArray.from_arrays(pa.array([0] * 20_000, type=pa.int32()), pa.array(["x" * 9_000]))
    return {"key": [f"k{row}" for row in range(20_000)], "metadata:t": texts}


def twice(name: str) -> bytes:
    table = pa.Table.from_arrays([pa.array(["c"])] + [pa.array(["x"])] * 2, names=["key", name, name])
    return stream_of(table)


def nested_json(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


def graphql_of(variable: str) -> bytes:
    """A body with raw JSON as the value of a variable."""
    return b'{"query": "{ me { id } }", "variables": {"x": ' + variable.encode("utf-8", "surrogatepass") + b"}}"


def graphql_json(query: str, variables: Any = None) -> str:
    return json.dumps({"query": query, "variables": variables or {}})


def graphql_call(query: str, variables: str) -> bytes:
    """A body with variables as raw JSON."""
    return f'{{"query": {json.dumps(query)}, "variables": {variables}}}'.encode()


def file_table(digest: str, name: str, content: str) -> bytes:
    """A table of one file, as files are uploaded."""
    return stream_of(table_of({"sha256": [digest], "name": [name], "content": [content.encode()]}))


def long_file_name(length: int) -> bytes:
    return file_table(hashlib.sha256(b"x").hexdigest(), "n" * length, "x")


def positions(x: list[float], y: list[float]) -> bytes:
    """A map brought along."""
    return stream_of(pa.table({"x": pa.array(x, type=pa.float32()), "y": pa.array(y, type=pa.float32())}))


def many_datasets(count: int) -> dict[str, list[str]]:
    return {str(number): [] for number in range(count)}


def deep_rule(depth: int) -> dict[str, Any]:
    rule: Any = {"field": "label", "only": ["1"]}
    for _ in range(depth):
        rule = {"filters": [rule]}
    return rule


def power(exponent: int) -> int:
    return 10**exponent


def objects(values: list[Any]) -> np.ndarray:
    return np.array(values, dtype=object)


def ragged(count: int) -> np.ndarray:
    made = np.empty(count, dtype=object)
    made[:] = [np.zeros(row + 1) for row in range(count)]
    return made


def pickled() -> bytes:
    """A .npy file that only unpickling could read."""
    target = io.BytesIO()
    np.save(target, np.array([{"a": 1}, None], dtype=object), allow_pickle=True)
    return target.getvalue()


def cut_npy(length: int) -> bytes:
    return npy([2, 4])[:length]


def generator(count: int) -> Any:
    return (str(number) for number in range(count))


def unordered(values: list[str]) -> set[str]:
    return set(values)


def frame(columns: dict[str, Any]) -> Any:
    return pd.DataFrame(columns)


def polygon(count: int) -> list[list[float]]:
    angles = np.linspace(0, 2 * np.pi, count)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).tolist()


TYPES = {
    "int64": pa.int64(), "double": pa.float64(), "text view": pa.string_view(), "decimal": pa.decimal128(10, 2),
    "time": pa.timestamp("s"), "date": pa.date32(), "duration": pa.duration("s"), "null": pa.null(),
    "list": pa.list_(pa.float32()), "vector": pa.list_(pa.float32(), 3), "whole vector": pa.list_(pa.int32(), 3),
    "map": pa.map_(pa.string(), pa.int64()), "struct": pa.struct([("a", pa.int64())]), "words": pa.list_(pa.string()),
}  # fmt: skip
