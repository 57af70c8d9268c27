"""How fast datapoints are exported and imported, and how much memory the job takes.

    python benchmarks/bench_transfer.py [ROWS] [DIMENSION] [FORMAT …]

100,000 datapoints with a label, an inference, a confidence, three metadata values and a vector of 128 floats, made up.
Parquet is exported once more with the vectors; every file that holds all fields is imported into a new dataset. Each
job runs in a process of its own, whose peak of memory is told.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
import uuid
from typing import Any

import chroma_sdk as chroma
import httpx
from bench_logging import made_up
from stack import Stack, running_stack

FORMATS = ["KEYS", "CSV", "JSONL", "PARQUET"]
CHUNK = 8 * 1024 * 1024
RUN = """
import json, re, time
from pathlib import Path
from apps.jobs.models import Job, Lane
from apps.jobs.runner import run_next
start = time.perf_counter(), time.process_time()
def peak(): return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
base = peak()
run_next(Lane.LIGHT)
job = Job.objects.order_by("-created_at").first()
assert job.state == "done", job.error
print(json.dumps({"wall": time.perf_counter() - start[0], "cpu": time.process_time() - start[1],
                  "base": base, "peak": peak()}))
"""
EXPORT = """mutation ($input: CreateExportInput!) { createExport(input: $input) {
    export { id } errors { message } } }"""
MADE = "query ($id: ID!) { export(id: $id) { downloadUrl byteSize } }"
INSPECTED = "query ($id: ID!) { import(id: $id) { columns { name suggestedField } } }"
START = """mutation ($input: StartImportInput!) { startImport(input: $input) {
    import { id } errors { message } } }"""


def main() -> None:
    """Log, export in every format, import what holds everything."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    dimension = int(sys.argv[2]) if len(sys.argv) > 2 else 128
    formats = sys.argv[3:] or FORMATS
    with running_stack("--no-worker") as stack, chroma.Client(stack.url, stack.token) as client:
        dataset = client.project("Benchmark").dataset("first")
        dataset.log(**made_up(rows, dimension), quiet=True)
        with httpx.Client(base_url=stack.url, headers={"Authorization": f"Bearer {stack.token}"}, timeout=600) as web:
            found = graphql(
                web, "{ datasets { edges { node { id project { id } embeddingSets { edges { node { id } } } } } } }"
            )
            node = found["datasets"]["edges"][0]["node"]
            vectors = node["embeddingSets"]["edges"][0]["node"]["id"]
            wanted = {"projectId": node["project"]["id"], "datasetId": node["id"]}
            for format in formats:
                content = export(stack, web, rows, {**wanted, "format": format})
                if format != "KEYS":
                    bring_in(stack, web, rows, node["project"]["id"], content, format)
            if "PARQUET" in formats:
                content = export(stack, web, rows, {**wanted, "format": "PARQUET", "embeddingSetIds": [vectors]})
                bring_in(stack, web, rows, node["project"]["id"], content, "PARQUET with vectors")


def export(stack: Stack, web: httpx.Client, rows: int, wanted: dict[str, Any]) -> bytes:
    """Export and download."""
    name = f"export {wanted['format']}{' with vectors' if 'embeddingSetIds' in wanted else ''}"
    id = graphql(web, EXPORT, {"input": wanted})["createExport"]["export"]["id"]
    print_run(name, rows, json.loads(stack.run_python(RUN)))
    made = graphql(web, MADE, {"id": id})["export"]
    start = time.perf_counter()
    content = web.get(made["downloadUrl"]).content
    speed = len(content) / 2**20 / (time.perf_counter() - start)
    print(f"    {made['byteSize'] / 2**20:,.1f} MiB, downloaded at {speed:,.0f} MiB/s")
    return content


def bring_in(stack: Stack, web: httpx.Client, rows: int, project: str, content: bytes, name: str) -> None:
    """Send the file, look at it, import it into a dataset of its own."""
    declared = {"key": uuid.uuid4().hex, "file_name": name, "byte_count": len(content), "chunk_bytes": CHUNK}
    id = web.post(f"/bulk/v1/projects/{project}/imports", json=declared).raise_for_status().json()["id"]
    for number in range(-(-len(content) // CHUNK)):
        chunk = content[number * CHUNK : (number + 1) * CHUNK]
        headers = {"X-Chroma-Sha256": hashlib.sha256(chunk).hexdigest()}
        web.put(f"/bulk/v1/imports/{id}/chunks/{number}", content=chunk, headers=headers).raise_for_status()
    web.post(f"/bulk/v1/imports/{id}/complete").raise_for_status()
    print_run(f"look at {name}", rows, json.loads(stack.run_python(RUN)))
    columns = graphql(web, INSPECTED, {"id": id})["import"]["columns"]
    mapping = [{"column": column["name"], "field": column["suggestedField"]} for column in columns]
    graphql(web, START, {"input": {"id": id, "datasetName": f"from {name}", "mapping": mapping}})
    print_run(f"import {name}", rows, json.loads(stack.run_python(RUN)))


def graphql(web: httpx.Client, query: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
    """The data of an answer without errors."""
    answer = web.post("/graphql", json={"query": query, "variables": variables or {}}).json()
    assert "errors" not in answer, answer
    for payload in answer["data"].values():
        assert not payload.get("errors"), payload
    return dict(answer["data"])


def print_run(name: str, rows: int, run: dict[str, float]) -> None:
    """Print one line: speed, and the memory that the job added to its process."""
    print(
        f"{name}: {rows / run['wall']:,.0f} rows/s, {rows / run['cpu']:,.0f} rows a CPU second; "
        f"peak {run['peak'] / 1024:,.0f} MiB, {(run['peak'] - run['base']) / 1024:,.0f} more than at its start",
        flush=True,
    )


if __name__ == "__main__":
    main()
