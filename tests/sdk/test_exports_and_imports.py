"""Files out and in, against a real server process and its worker; downloads and uploads that are cut go on."""

from __future__ import annotations

import hashlib
import json

import chroma_sdk as chroma
import httpx
import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pytest
from chroma_sdk import _importing
from chroma_sdk._download import download

CONTENT = bytes(range(256)) * 4_000
CHECKSUM = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def digits(client_of, alice) -> chroma.Dataset:
    digits = client_of(alice).project("MNIST").dataset("train", kind="training")
    digits.log(
        ["a", "b", "c"],
        texts=["one", "two", None],
        labels=["1", "2", None],
        inferences=["1", "7", "7"],
        confidences=[0.5, 0.25, 0.75],
        metadata=[{"day": 1, "site": "north"}, {"day": 2}, {"site": "süd, „quoted“\n"}],
        embeddings=np.arange(12, dtype=np.float32).reshape(3, 4),
        model="cnn",
        version="1",
        layer="fc2",
    )
    digits.tag("check", keys=["a", "c"])
    return digits


def test_what_was_exported_is_imported_as_it_was_and_kept_for_a_while(client_of, alice, digits, worker, tmp_path):
    project = client_of(alice).project("MNIST")
    digits.set_labels({"b": "3"}, why="looked again")
    for name, layers in (("out.parquet", ["fc2"]), ("out.csv", ()), ("out.jsonl", ())):
        path = digits.export(tmp_path / name, embeddings=layers)
        done = project.import_file(path, dataset=name, kind="test")
        assert (done.state, done.dataset, done.report.added, done.errors) == ("done", name, 3, [])
        assert described(project.dataset(name, create=False)) == described(digits)
    vectors = project.dataset("out.parquet", create=False).embeddings()
    assert vectors.tobytes() == digits.embeddings().tobytes()

    hard = project.create_slice("hard", keys={digits: ["c", "a"]})
    path = project.export(tmp_path / "keys.txt", slice=hard)
    assert path.read_text().split() == ["a", "c"]
    kept = project.exports()[0]
    assert (kept.format, kept.row_count, kept.byte_size) == ("keys", 2, 4)
    assert kept.download(tmp_path).read_text() == path.read_text()
    kept.delete()
    assert len(project.exports()) == 3


def test_wrong_exports_are_refused_and_none_is_made(client_of, alice, digits, tmp_path):
    project = client_of(alice).project("MNIST")
    with pytest.raises(chroma.InvalidArgument, match="dataset: wanted exactly one of dataset and slice"):
        project.export(tmp_path / "x.csv")
    with pytest.raises(chroma.InvalidArgument, match="format: got 'xml', wanted one of parquet"):
        digits.export(tmp_path / "x", format="xml")
    with pytest.raises(chroma.InvalidArgument, match="path: there is no folder"):
        digits.export(tmp_path / "nowhere" / "x.csv")
    with pytest.raises(chroma.InvalidArgument, match="embeddings: there is no layer 'fc9'; there are fc2"):
        digits.export(tmp_path / "x.csv", embeddings=["fc9"])
    assert project.exports() == []


def described(dataset: chroma.Dataset) -> list:
    return [
        (point.key, point.label, point.text, point.tags, point.metadata, point.inferences)
        for point in dataset.datapoints()
    ]


def test_columns_are_mapped_and_bad_rows_are_listed_or_skipped(client_of, alice, worker, tmp_path):
    project = client_of(alice).project("MNIST")
    table = pa.table({"image": ["x", "", "z"], "truth": ["1", "2", "3"], "remark": ["a", "b", "c"]})
    pa_csv.write_csv(table, tmp_path / "mine.csv")
    mapping = {"image": "key", "truth": "label", "remark": "skip"}
    with pytest.raises(chroma.ImportFailed, match="row 2, column key: must have 1 to 200") as raised:
        project.import_file(tmp_path / "mine.csv", dataset="mine", mapping=mapping)
    assert len(raised.value.errors) == 1
    assert project.datasets() == []
    with pytest.raises(chroma.InvalidArgument, match=r"mapping: mine\.csv has no column 'picture'; it has image"):
        project.import_file(tmp_path / "mine.csv", dataset="mine", mapping={"picture": "key"})
    done = project.import_file(tmp_path / "mine.csv", dataset="mine", mapping=mapping, skip_bad_rows=True)
    assert (done.report.added, done.error_count) == (2, 1)
    assert [(point.key, point.label, point.metadata) for point in project.dataset("mine").datapoints()] == [
        ("x", "1", {}),
        ("z", "3", {}),
    ]
    for each in list(project.imports()):
        each.delete()
    assert project.imports() == []
    for wrong, message in ((tmp_path / "no.csv", "there is no file"), (tmp_path, "there is no file")):
        with pytest.raises(chroma.InvalidArgument, match=message):
            project.import_file(wrong, dataset="mine")


class CutServer:
    """Serves CONTENT and hangs up after some bytes, as often as `cuts` says."""

    def __init__(self, cuts: list[int], *, checksum: str = CHECKSUM, ranges: bool = True) -> None:
        self.cuts, self.checksum, self.ranges = cuts, checksum, ranges
        self.asked: list[str | None] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        headers = {"ETag": f'"{self.checksum}"', "Content-Length": str(len(CONTENT))}
        if request.method == "HEAD":
            return httpx.Response(200, headers=headers)
        asked = request.headers.get("Range")
        self.asked.append(asked)
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and self.ranges else 0
        body = self._body(start, self.cuts.pop(0) if self.cuts else None)
        return httpx.Response(206 if start else 200, content=body)

    def _body(self, start: int, cut: int | None):
        yield CONTENT[start : start + cut] if cut is not None else CONTENT[start:]
        if cut is not None:
            raise httpx.ReadError("the cable")


def test_a_download_that_is_cut_goes_on_where_it_was(answering, tmp_path, pauses):
    server = CutServer([100_000, 0, 200_000])
    target = tmp_path / "file"
    assert download(answering(server)._connection, "/file", target) == len(CONTENT)
    assert target.read_bytes() == CONTENT
    assert server.asked == [None, "bytes=100000-", "bytes=100000-", "bytes=300000-"]
    assert list(tmp_path.iterdir()) == [target]


def test_a_download_goes_on_in_a_later_call_and_the_content_is_checked(answering, tmp_path, pauses):
    target = tmp_path / "file"
    dead = CutServer([50_000] + [0] * 20)
    with pytest.raises(chroma.ConnectionFailed, match="Run it again: what arrived is kept"):
        download(answering(dead)._connection, "/file", target)
    assert not target.exists()
    server = CutServer([])
    download(answering(server)._connection, "/file", target)
    assert server.asked == ["bytes=50000-"]
    assert target.read_bytes() == CONTENT
    with pytest.raises(chroma.ConnectionFailed, match="damaged"):
        download(answering(CutServer([], checksum="0" * 64))._connection, "/file", tmp_path / "other")
    assert not (tmp_path / "other").exists()
    whole = CutServer([1_000], ranges=False)
    download(answering(whole)._connection, "/file", tmp_path / "third")
    assert (tmp_path / "third").read_bytes() == CONTENT


def test_only_missing_chunks_of_a_file_are_sent(answering, tmp_path, monkeypatch):
    monkeypatch.setattr(_importing, "CHUNK_BYTES", 4)
    path = tmp_path / "mine.csv"
    path.write_bytes(b"key\na\nb\n")
    sent: dict[str, bytes] = {}

    def serve(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/imports"):
            declared = json.loads(request.content)
            assert (declared["file_name"], declared["byte_count"]) == ("mine.csv", 8)
            return httpx.Response(200, json={"id": "i1", "missing_chunks": [1]})
        if request.method == "PUT":
            sent[request.url.path] = request.content
        if request.url.path == "/graphql":
            return httpx.Response(200, json={"data": {"import": IMPORTING}})
        return httpx.Response(200, json={})

    project = chroma.Project(answering(serve)._connection, PROJECT)
    found = _importing.send_file(project._home, path, quiet=True)
    assert sent == {"/bulk/v1/imports/i1/chunks/1": b"a\nb\n"[0:4]}
    assert found.state == "uploading"


PROJECT = {
    "id": "p1",
    "name": "MNIST",
    "fullName": "alice/MNIST",
    "description": "",
    "datapointCount": 0,
    "myRole": "OWNER",
}
IMPORTING = {
    "id": "i1",
    "fileName": "mine.csv",
    "byteSize": 8,
    "format": None,
    "state": "UPLOADING",
    "rowCount": None,
    "columns": [],
    "preview": [],
    "errors": [],
    "errorCount": 0,
    "report": None,
    "dataset": None,
    "job": None,
    "createdBy": None,
}
