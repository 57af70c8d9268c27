"""What is uploaded is looked at before it is unpacked: bombs cost the server neither memory nor time."""

from __future__ import annotations

import io

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from apps.datasets.models import Datapoint
from tests.logging.upload import declaration_of, stream_of, table_of
from tests.transfer.conftest import Sender

pytestmark = pytest.mark.holds(20)
ROWS = 1_000


def with_dictionary(count: int, size: int) -> pa.Table:
    """So many rows that all stand for one long text."""
    texts = pa.DictionaryArray.from_arrays(pa.array(np.zeros(count, dtype=np.int32)), ["x" * size])
    return pa.table({"key": [f"k{row}" for row in range(count)], "text": texts})


def compressed(table: pa.Table, codec: str) -> bytes:
    return stream_of(table, options=pa.ipc.IpcWriteOptions(compression=codec))


def large() -> pa.Table:
    return pa.table({"key": ["a"], "text": ["\0" * (150 * 2**20)]})


def wide(count: int) -> bytes:
    return stream_of(columns_of(count))


def columns_of(count: int) -> pa.Table:
    return pa.Table.from_arrays([pa.array([1])] * count, names=[f"metadata:c{number}" for number in range(count)])


def lying_about(content: bytes, old: bytes, new: bytes) -> bytes:
    assert old in content
    return content.replace(old, new)


def bombs():
    keys = table_of({"key": [f"k{row}" for row in range(ROWS)]})
    yield "zstd: some kB that become 150 MB", compressed(large(), "zstd"), 1
    yield "LZ4: likewise", compressed(large(), "lz4"), 1
    yield "a dictionary that is written out", stream_of(with_dictionary(ROWS, 2**20)), ROWS
    yield "100,000 columns", wide(100_000), 1
    yield "1,101 columns", wide(1_101), 1
    yield "lists in lists in lists", stream_of(pa.table({"key": ["a"], "clear": [[[["x"]]]]})), 1
    yield "a length of 2^31 - 1", lying_about(stream_of(keys), b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f"), ROWS
    yield "a Parquet file", parquet_bomb(), ROWS
    yield "nothing but zeros", bytes(8 * 2**20), ROWS
    yield "an extension type", stream_of(pa.table({"key": ["a"], "text": pa.array([b"0" * 16], pa.uuid())})), 1


def parquet_bomb() -> bytes:
    target = io.BytesIO()
    values = pa.array(np.zeros(20_000_000, dtype=np.int8))
    pq.write_table(pa.table({"key": values}), target, compression="zstd", row_group_size=20_000_000)
    return target.getvalue()


def test_bombs_are_refused_before_they_go_off(uploader, growth):
    made = list(bombs())
    for name, content, rows in made:
        with growth(at_most=100):
            answer = uploader.upload(content, rows, chunk_bytes=8 * 2**20)
        assert answer.status_code in {413, 415, 422}, (name, answer.content)
        assert answer.json()["error"]["message"], name
    assert not Datapoint.objects.exists()


def test_what_says_more_than_it_has_is_refused_by_what_it_declares(uploader):
    """Before a byte of it is sent."""
    for declared, status in (({"byte_count": 10**12}, 422), ({"row_count": 10**9}, 422), ({"chunk_bytes": 2**40}, 422)):
        answer = uploader.declare_exactly(declaration_of(b"x", 1) | declared)
        assert answer.status_code == status, answer.content
    assert uploader.declare(b"x", 1, dimension=10**9).status_code == 422


def test_longer_texts_than_are_kept_are_refused(uploader, growth):
    for columns in ({"text": ["x" * 20_000_000]}, {"label": ["x" * 10_000]}, {"metadata:a": ["x" * 20_000_000]}):
        content = stream_of(table_of({"key": ["a"]} | columns))
        with growth(at_most=100):
            answer = uploader.upload(content, 1, chunk_bytes=8 * 2**20)
        assert answer.status_code == 422, answer.content[:200]


def packed(table: pa.Table, **options) -> bytes:
    target = io.BytesIO()
    pq.write_table(table, target, compression="zstd", **options)
    return target.getvalue()


FILES = {
    "a row group of 300 MB": lambda: packed(pa.table({"key": pa.array(["x" * 1000]).take(pa.array([0] * 300_000))})),
    "20,000 columns": lambda: packed(columns_of(20_000)),
    "lists that unpack to 40 MB": lambda: packed(
        pa.table({"key": ["a", "b"], "v": pa.array([np.zeros(5_000_000, dtype=np.float32)] * 2)})
    ),
    "a page of 20 million equal numbers": parquet_bomb,
    "a CSV cell of 10 MB": lambda: b'key,text\na,"' + b"x" * 10_000_000 + b'"\n',
    "a JSON line of 10 MB": lambda: b'{"key": "a", "x": "' + b"x" * 10_000_000 + b'"}\n',
    "JSON 10,000 deep": lambda: b'{"key": "a", "x": ' + b"[" * 10_000 + b"]" * 10_000 + b"}\n",
    "only quotes": lambda: b"key\n" + b'"' * 5_000_001,
    "only commas": lambda: b"," * 500_000 + b"\n",
}


@pytest.mark.parametrize("name", FILES)
def test_files_that_are_imported_are_unpacked_piece_by_piece(transactional_db, alice, project, growth, name):
    content = FILES[name]()
    assert len(content) < 16 * 2**20
    with growth(at_most=250):
        found = Sender(alice, project).inspect(content)
    assert found["state"] in {"FAILED", "READY"}
    assert "Something went wrong" not in found["job"]["error"], found["job"]
