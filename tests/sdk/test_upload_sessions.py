from __future__ import annotations

import hashlib
import json

import chroma_sdk as chroma
import httpx
import numpy as np
import pyarrow as pa
import pytest
from chroma_sdk import _files, _stream, _upload
from chroma_sdk._dataset import Dataset


class Server:
    """Answers logging from memory; `cut_after` loses the connection after that many chunks."""

    def __init__(self):
        self.files: dict[str, bytes] = {}
        self.sessions: dict[str, dict] = {}
        self.asked: list[str] = []
        self.cut_after: int | None = None
        self.loses: set[int] = set()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        self.asked.append(f"{request.method} {path}")
        if path.endswith("/files/missing"):
            wanted = json.loads(request.content)["sha256"]
            return httpx.Response(200, json={"missing": [digest for digest in wanted if digest not in self.files]})
        if path.endswith("/files"):
            return self._store(request)
        if path.endswith("/d1/uploads"):
            return self._declare(json.loads(request.content))
        _, _, _, _, session, *rest = path.split("/")
        if rest == ["commit"]:
            return self._commit(session)
        if request.method == "GET":
            return self._declare(self.sessions[session]["declared"])
        return self._receive(session, int(rest[1]), request)

    def rows(self) -> list[dict]:
        found = []
        for session in self.sessions.values():
            content = b"".join(session["chunks"][number] for number in sorted(session["chunks"]))
            assert hashlib.sha256(content).hexdigest() == session["declared"]["sha256"]
            found += pa.ipc.open_stream(content).read_all().to_pylist()
        return found

    def _store(self, request):
        assert len(request.content) <= 16 * 2**20
        for file in pa.ipc.open_stream(request.content).read_all().to_pylist():
            assert hashlib.sha256(file["content"]).hexdigest() == file["sha256"]
            self.files[file["sha256"]] = file["content"]
        return httpx.Response(200, json={"stored": 1})

    def _declare(self, declared):
        session = self.sessions.setdefault(
            declared["key"], {"declared": declared, "chunks": {}, "state": "open", "report": None}
        )
        chunks = -(-declared["byte_count"] // declared["chunk_bytes"])
        missing = [number for number in range(chunks) if number not in session["chunks"]]
        answer = {
            "id": declared["key"],
            "state": session["state"],
            "missing_chunks": missing,
            "report": session["report"],
        }
        return httpx.Response(201, json=answer)

    def _receive(self, session, number, request):
        if self.cut_after == 0:
            raise httpx.ReadError("the cable")
        if self.cut_after is not None:
            self.cut_after -= 1
        assert hashlib.sha256(request.content).hexdigest() == request.headers["X-Chroma-Sha256"]
        self.sessions[session]["chunks"][number] = request.content
        return httpx.Response(200, json={"missing_count": 0})

    def _commit(self, session):
        known = self.sessions[session]
        if self.loses:
            del known["chunks"][self.loses.pop()]
            return httpx.Response(409, json={"error": {"code": "CONFLICT", "message": "Chunk 0 was lost."}})
        known["state"] = "committed"
        known["report"] = {"added": known["declared"]["row_count"], "updated": 0, "unchanged": 0}
        return httpx.Response(200, json={"report": known["report"]})


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def dataset(answering, dataset_at, server, monkeypatch) -> Dataset:
    monkeypatch.setattr(_upload, "CHUNK_BYTES", 1_000)
    return dataset_at(answering(server))


def test_rows_are_sent_in_sessions_of_numbered_chunks(dataset, server, monkeypatch):
    monkeypatch.setattr(_stream, "MOST_ROWS", 100)
    vectors = np.arange(1_000, dtype=np.float32).reshape(250, 4)
    report = dataset.log([f"k{i}" for i in range(250)], embeddings=vectors, model="cnn")
    assert report == chroma.Report(added=250)
    assert [session["declared"]["row_count"] for session in server.sessions.values()] == [100, 100, 50]
    assert all(len(session["chunks"]) > 1 for session in server.sessions.values())
    rows = server.rows()
    assert [row["key"] for row in rows] == [f"k{i}" for i in range(250)]
    assert np.array_equal(np.array([row["embedding"] for row in rows]), vectors)
    declared = next(iter(server.sessions.values()))["declared"]
    assert (declared["dimension"], declared["model"], declared["version"], declared["classes"]) == (4, "cnn", "", None)


def test_a_session_of_large_rows_holds_fewer(dataset, server, monkeypatch):
    monkeypatch.setattr(_stream, "MOST_BYTES", 10_000)
    dataset.log(range_of_keys(40), texts=["x" * 1_000] * 40)
    assert len(server.sessions) > 4


def test_logging_again_after_a_cut_sends_only_what_is_missing(dataset, server, pauses):
    arguments = {"keys": range_of_keys(200), "texts": ["word " * 5] * 200}
    server.cut_after = 2
    with pytest.raises(chroma.ConnectionFailed):
        dataset.log(**arguments)
    assert [len(session["chunks"]) for session in server.sessions.values()] == [2]

    server.cut_after = None
    server.asked.clear()
    assert dataset.log(**arguments).added == 200
    assert len(server.sessions) == 1
    chunks = len(next(iter(server.sessions.values()))["chunks"])
    assert len([line for line in server.asked if line.startswith("PUT")]) == chunks - 2
    assert len(server.rows()) == 200


def test_logging_again_what_was_committed_is_a_session_of_its_own(dataset, server):
    dataset.log(["a"], labels=["x"])
    dataset.log(["a"], labels=["y"])
    dataset.log(["a"], labels=["x"])
    assert [row["label"] for row in server.rows()] == ["x", "y", "x"]


def test_a_chunk_that_the_server_lost_is_sent_again(dataset, server):
    server.loses = {0}
    assert dataset.log(range_of_keys(200), texts=["word " * 5] * 200).added == 200
    assert len(server.rows()) == 200
    assert len([line for line in server.asked if line.endswith("/chunks/0")]) == 2


def test_no_keys_is_no_session(dataset, server):
    assert dataset.log([]) == chroma.Report()
    assert server.asked == []


def test_a_file_is_uploaded_once_whatever_its_form(dataset, server, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"one")
    dataset.log(["a", "b", "c", "d"], files=[str(path), path, b"one", None])
    dataset.log(["e"], files=[b"one"])
    assert list(server.files.values()) == [b"one"]
    assert len([line for line in server.asked if line.endswith("/files")]) == 1
    digest = hashlib.sha256(b"one").hexdigest()
    assert [row["file"] for row in server.rows()] == [digest] * 3 + [None, digest]


def test_files_travel_in_packs(dataset, server, monkeypatch):
    monkeypatch.setattr(_files, "PACK_BYTES", 1_000)
    contents = [bytes([i]) * 300 for i in range(10)]
    dataset.log(range_of_keys(10), files=contents)
    assert sorted(server.files.values()) == sorted(contents)
    assert len([line for line in server.asked if line.endswith("/files")]) == 4


def test_images_are_uploaded_as_png(dataset, server):
    dataset.log(["a", "b"], files=np.zeros((2, 8, 8), dtype=np.uint8))
    (content,) = server.files.values()
    assert content.startswith(b"\x89PNG")


def test_a_refused_session_says_which_rows_it_held(dataset, server, monkeypatch):
    monkeypatch.setattr(_stream, "MOST_ROWS", 2)
    monkeypatch.setattr(server, "_commit", lambda session: httpx.Response(422, json=refused))
    refused = {"error": {"code": "BAD_USER_INPUT", "message": "Row 1: no.", "field": "uri"}}
    with pytest.raises(chroma.BadInput, match="Row 1: no") as raised:
        dataset.log(["a", "b", "c"])
    assert raised.value.__notes__ == ["Rows count from 0 within a session; this one held rows 0 to 1."]


def range_of_keys(n: int) -> list[str]:
    return [f"k{i}" for i in range(n)]
