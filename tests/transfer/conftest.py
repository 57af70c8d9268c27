from __future__ import annotations

import csv
import io
import json

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
    return [json.loads(line) for line in content.decode().splitlines()]


def read_csv(content: bytes) -> list[dict]:
    """Every value as text; None where there is none."""
    names = next(csv.reader(io.StringIO(content.decode())))
    options = pyarrow.csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, null_values=[""],
        quoted_strings_can_be_null=False,
    )  # fmt: skip
    parse = pyarrow.csv.ParseOptions(newlines_in_values=True)
    return pyarrow.csv.read_csv(io.BytesIO(content), parse_options=parse, convert_options=options).to_pylist()
