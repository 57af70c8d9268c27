"""A stream or a file that ends too early never becomes a dataset with fewer rows than were declared."""

from __future__ import annotations

import hashlib
import io
import json
import socket
import struct
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from apps.common.errors import ChromaError
from apps.curation.imports.inspect import inspect
from apps.curation.imports.sources import open_file
from apps.datasets.log.commit import commit_log
from apps.datasets.models import Datapoint, Upload
from apps.datasets.services.datasets import create_dataset
from tests.logging.upload import Uploader, declaration_of, sha256, stream_of, table_of

pytestmark = pytest.mark.holds(26)

ROWS = 9
TABLE = table_of({"key": [f"k{row}" for row in range(ROWS)], "label": ["cat", "dog", None] * 3})
BATCHES = TABLE.to_batches(max_chunksize=3)
CONTENT = stream_of(pa.Table.from_batches(BATCHES))
END = b"\xff\xff\xff\xff\x00\x00\x00\x00"


@pytest.fixture
def dataset(actor, project):
    return create_dataset(actor=actor, project=project, name="cut")


@pytest.fixture
def uploader(client_for, alice, dataset):
    return Uploader(client_for(alice), dataset)


def batch_ends() -> list[int]:
    """Where the stream has been written up to the schema and up to each batch."""
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, TABLE.schema) as writer:
        ends = [sink.tell()]
        for batch in BATCHES:
            writer.write_batch(batch)
            ends.append(sink.tell())
    return ends


def test_a_session_of_which_the_client_sent_a_part_is_refused_wherever_it_ends(actor, uploader, dataset):
    """The chunk is what its checksum says, and so is the whole: only the rows are too few."""
    id = uploader.declare(CONTENT, ROWS).json()["id"]
    upload = Upload.objects.get(pk=id)
    for end in range(len(CONTENT)):
        with pytest.raises(ChromaError):
            commit_log(actor=actor, upload=upload, content=CONTENT[:end])
    assert not Datapoint.objects.exists()
    assert commit_log(actor=actor, upload=upload, content=CONTENT)["added"] == ROWS


@pytest.mark.parametrize("ending", [b"", END, b"\0" * 8], ids=["cut", "closed", "padded"])
def test_a_stream_that_ends_with_one_of_its_batches_is_refused_at_the_door(uploader, dataset, ending):
    for end in batch_ends()[:-1]:
        answer = uploader.upload(CONTENT[:end] + ending, ROWS)
        assert answer.status_code == 422, (end, answer.content)
    dataset.refresh_from_db()
    assert (dataset.datapoint_count, dataset.next_row, Datapoint.objects.count()) == (0, 0, 0)
    assert uploader.upload(CONTENT, ROWS).json()["report"]["added"] == ROWS


def test_a_stream_with_more_than_was_declared_is_refused(uploader):
    assert uploader.upload(CONTENT, ROWS - 3).status_code == 422
    assert uploader.upload(CONTENT + b"rubbish!", ROWS).status_code == 422
    assert not Datapoint.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["closed", "reset"])
def test_a_connection_that_breaks_while_a_chunk_is_sent_leaves_it_missing(
    live, alice, dataset, token_for, client_for, how
):
    token, uploader = token_for(alice), Uploader(client_for(alice), dataset)
    id = uploader.declare_exactly(declaration_of(CONTENT, ROWS, key="broken")).json()["id"]
    for part in (0, 1, len(CONTENT) // 2, len(CONTENT) - 1):
        send_a_part(live.url, id, token, CONTENT, part, how)
    assert uploader.look(id).json()["missing_chunks"] == [0]
    assert uploader.commit(id).status_code == 409
    assert not Datapoint.objects.exists()
    again = uploader.declare_exactly(declaration_of(CONTENT, ROWS, key="broken")).json()
    assert again["id"] == id
    assert uploader.send(id, 0, CONTENT).status_code == 200
    assert uploader.commit(id).json()["report"]["added"] == ROWS


def send_a_part(url: str, id: str, token: str, content: bytes, part: int, how: str) -> None:
    host, port = urlsplit(url).netloc.split(":")
    head = (
        f"PUT /bulk/v1/uploads/{id}/chunks/0 HTTP/1.1\r\nHost: {host}:{port}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/octet-stream\r\nX-Chroma-Sha256: {sha256(content)}\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(head.encode() + content[:part])
        if how == "reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def parquet() -> bytes:
    sink = io.BytesIO()
    pq.write_table(TABLE, sink, row_group_size=3)
    return sink.getvalue()


def coco() -> bytes:
    images = [{"id": row, "file_name": f"k{row}", "width": 9, "height": 9} for row in range(ROWS)]
    return json.dumps({"categories": [], "annotations": [], "images": images}).encode()


def zipped() -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("rows.csv", CSV)
    return sink.getvalue()


CSV = b"key,label\n" + b"".join(b"k%d,cat\n" % row for row in range(ROWS))
LINES = b"".join(b'{"key": "k%d", "label": "cat"}\n' % row for row in range(ROWS))
# One unit that has its end at its end.
WHOLE = {"parquet": parquet(), "coco": coco(), "zip": zipped()}
# Where a line ends nothing tells that more was to come: that is what the declared size and checksum are for.
BY_LINES = {"csv": CSV, "jsonl": LINES}


def rows_of(content: bytes, folder: Path) -> int | None:
    """How many rows a file has as the importer reads it; None where it refuses it or a row of it."""
    path = folder / "data"
    path.write_bytes(content)
    try:
        findings = inspect(open_file(path, folder / "unpacked")[0], lambda done: None)
    except ChromaError:
        return None
    return None if findings.problems.count else findings.row_count


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_that_is_one_whole_is_refused_wherever_it_ends(name, tmp_path):
    content = WHOLE[name]
    assert rows_of(content, tmp_path) == ROWS
    assert [end for end in range(len(content.rstrip())) if rows_of(content[:end], tmp_path) is not None] == []


@pytest.mark.parametrize("name", BY_LINES)
def test_a_file_of_lines_that_ends_within_one_loses_none_before_it(name, tmp_path):
    content = BY_LINES[name]
    for end in range(len(content.splitlines()[0]) + 1, len(content)):
        rows, lines = rows_of(content[:end], tmp_path), content[:end].count(b"\n") - (name == "csv")
        # The rows whose line is there, and perhaps the one that was being written.
        assert rows is None or lines <= rows <= lines + 1, content[:end][-20:]


@pytest.mark.django_db(transaction=True)
def test_what_of_a_file_did_not_arrive_keeps_its_import_from_starting(alice, project, client_for):
    client, chunk = client_for(alice), 32
    declared = {"key": "a", "file_name": "a.csv", "byte_count": len(CSV), "chunk_bytes": chunk}
    declared["sha256"] = hashlib.sha256(CSV).hexdigest()
    url = f"/bulk/v1/projects/{project.pk}/imports"
    id = client.post(url, declared, content_type="application/json").json()["id"]
    pieces = [CSV[start : start + chunk] for start in range(0, len(CSV), chunk)]
    for number, piece in list(enumerate(pieces))[:-1]:
        headers = {"X-Chroma-Sha256": hashlib.sha256(piece).hexdigest()}
        sent = f"/bulk/v1/imports/{id}/chunks/{number}"
        assert client.put(sent, piece, content_type="application/octet-stream", headers=headers).status_code == 200
        answer = client.post(f"/bulk/v1/imports/{id}/complete")
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "CONFLICT")
