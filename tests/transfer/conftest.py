from __future__ import annotations

import csv
import hashlib
import io
import json
import uuid

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from apps.jobs.models import Lane
from apps.jobs.runner import run_next
from tests.cast import make_client, post_graphql
from tests.data import make_dataset

EXPORT = """
    mutation ($input: CreateExportInput!) { createExport(input: $input) {
        export { id fileName rowCount byteSize downloadUrl scope expiresAt job { id state error } }
        errors { code field message }
    } }"""
LOOK = """
    query ($id: ID!) { export(id: $id) {
        rowCount byteSize downloadUrl fileName job { state error phase done total } } }"""


@pytest.fixture
def dataset(project):
    """Twenty datapoints k0 … k19; the first four are labelled 7, 7, 1, 1."""
    return make_dataset(project, count=20, labels=["7", "7", "1", "1"])


def run_jobs() -> None:
    """Run what is queued, as a worker would."""
    while run_next(Lane.LIGHT):
        pass


def ask_for_export(caller, project, format, **input):
    """The payload of createExport."""
    variables = {"input": {"projectId": str(project.pk), "format": format, **input}}
    answer = post_graphql(caller, EXPORT, variables)
    assert "errors" not in answer, answer
    return answer["data"]["createExport"]


@pytest.fixture
def export(transactional_db):
    """export(caller, project, "CSV", datasetId=…) -> the bytes of the finished file."""

    def export(caller, project, format, **input):
        payload = ask_for_export(caller, project, format, **input)
        assert payload["errors"] == [], payload
        run_jobs()
        found = post_graphql(caller, LOOK, {"id": payload["export"]["id"]})["data"]["export"]
        assert found["job"]["state"] == "DONE", found["job"]
        return download(caller, found["downloadUrl"])

    return export


def download(caller, url, **headers) -> bytes:
    response = make_client(caller).get(url, headers=headers)
    assert response.status_code in {200, 206}, response.content
    return b"".join(response)


def read_parquet(content: bytes) -> list[dict]:
    return pq.read_table(io.BytesIO(content)).to_pylist()


def read_jsonl(content: bytes) -> list[dict]:
    # Not splitlines: texts hold line separators of Unicode.
    return [json.loads(line) for line in content.decode().split("\n") if line]


def read_csv(content: bytes) -> list[dict]:
    """Every value as text; None where there is none."""
    names = next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    options = pyarrow.csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, null_values=[""],
        quoted_strings_can_be_null=False,
    )  # fmt: skip
    parse = pyarrow.csv.ParseOptions(newlines_in_values=True)
    return pyarrow.csv.read_csv(io.BytesIO(content), parse_options=parse, convert_options=options).to_pylist()


INSPECTED = """
    query ($id: ID!) { import(id: $id) {
        id state format rowCount fileName byteSize errorCount report preview
        columns { name kind samples suggestedField }
        errors { row column message } dataset { id name kind } job { id state error } } }"""
START = """
    mutation ($input: StartImportInput!) { startImport(input: $input) {
        import { id state } errors { code field message } } }"""


class Sender:
    """Sends files as a client does."""

    def __init__(self, caller, project) -> None:
        self.caller, self.project, self.client = caller, project, make_client(caller)

    def declare(self, content: bytes, name: str, **declared):
        body = {"key": uuid.uuid4().hex, "file_name": name, "byte_count": len(content), "chunk_bytes": 1024 * 1024}
        return self.client.post(
            f"/bulk/v1/projects/{self.project.pk}/imports", body | declared, content_type="application/json"
        )

    def send_chunk(self, id, number: int, chunk: bytes):
        headers = {"X-Chroma-Sha256": hashlib.sha256(chunk).hexdigest()}
        url = f"/bulk/v1/imports/{id}/chunks/{number}"
        return self.client.put(url, chunk, content_type="application/octet-stream", headers=headers)

    def complete(self, id):
        return self.client.post(f"/bulk/v1/imports/{id}/complete")

    def look(self, id) -> dict:
        answer = post_graphql(self.caller, INSPECTED, {"id": id})
        assert "errors" not in answer, answer
        return answer["data"]["import"]

    def inspect(self, content: bytes, name: str = "data") -> dict:
        """Send a file and say what it was found to be."""
        declared = self.declare(content, name)
        assert declared.status_code == 201, declared.content
        id = declared.json()["id"]
        for number in declared.json()["missing_chunks"]:
            assert self.send_chunk(id, number, content[number * 2**20 : (number + 1) * 2**20]).status_code == 200
        assert self.complete(id).status_code == 200
        run_jobs()
        return self.look(id)

    def start(self, found: dict, dataset: str = "new", mapping: dict | None = None, **input) -> dict:
        """Start with the suggestions, or some other fields for some of the columns; the payload."""
        fields = {column["name"]: column["suggestedField"] for column in found["columns"]} | (mapping or {})
        pairs = [{"column": column, "field": field} for column, field in fields.items()]
        variables = {"input": {"id": found["id"], "datasetName": dataset, "mapping": pairs, **input}}
        answer = post_graphql(self.caller, START, variables)
        assert "errors" not in answer, answer
        return answer["data"]["startImport"]

    def bring_in(self, content: bytes, dataset: str = "new", mapping: dict | None = None, **input) -> dict:
        """Send, look at and import a file; what became of it."""
        found = self.inspect(content)
        assert found["state"] == "READY", found
        payload = self.start(found, dataset, mapping, **input)
        assert payload["errors"] == [], payload
        run_jobs()
        return self.look(found["id"])


@pytest.fixture
def sender(transactional_db, alice, project):
    """Alice sends files to her project."""
    return Sender(alice, project)
