"""A million datapoints: what logging and opening them takes in time, memory and space.

    python benchmarks/bench_million.py [ROWS] [DIMENSION]

1,000,000 datapoints with a label, an inference, a confidence, metadata and a vector of 128 floats, made up; a PCA map;
selections by rules.
"Opening" is what the browser asks for: the project, the map's members and positions, and the columns to colour by.
"""

from __future__ import annotations

import math
import sys
import time

import chroma_sdk as chroma
import httpx
from bench_logging import made_up, print_speed, timed
from stack import Stack, running_stack

MIB = 2**20
CORNERS = 300


def main() -> None:
    """Log, project, open."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    dimension = int(sys.argv[2]) if len(sys.argv) > 2 else 128
    data = made_up(rows, dimension)
    with running_stack() as stack, chroma.Client(stack.url, stack.token) as client:
        print(f"{rows:,} datapoints x {dimension} float32 on {stack.database}; the server starts with {memory(stack)}")
        project = client.project("Million")
        dataset = project.dataset("million")
        print_speed("log", rows, timed(stack, lambda: dataset.log(**data, quiet=True)))
        sizes = f"database {stack.database_bytes() / MIB:,.0f} MiB, files {stack.file_bytes() / MIB:,.0f} MiB"
        print(f"{sizes} (vectors alone {rows * dimension * 4 / MIB:,.0f} MiB); the server holds {memory(stack)}")
        print_speed("vectors read back", rows, timed(stack, lambda: dataset.embeddings().shape))
        made = timed(stack, lambda: project.run_projection([dataset], method="pca", quiet=True))
        print_speed("map by PCA", rows, made)
        open_map(stack, dataset.id, made["result"].id)
        select_by_rules(stack, project, made["result"])
        print(f"the server holds {memory(stack)}")


def open_map(stack: Stack, dataset_id: str, map_id: str) -> None:
    """Ask for what the explorer asks for, and print time and size of each answer."""
    paths = {
        "members": f"/bulk/v1/projection-sets/{map_id}/members",
        "positions": f"/bulk/v1/projection-sets/{map_id}/positions",
        "labels": f"/bulk/v1/datasets/{dataset_id}/columns/label",
        "keys": f"/bulk/v1/datasets/{dataset_id}/columns/key",
    }
    page = {
        "query": f'{{ datapoints(datasetId: "{dataset_id}", first: 100) {{ totalCount edges {{ node {{ key }} }} }} }}'
    }
    headers = {"Authorization": f"Bearer {stack.token}"}
    with httpx.Client(base_url=stack.url, headers=headers, timeout=300) as client:
        for name, path in paths.items():
            start = time.perf_counter()
            answer = client.get(path).raise_for_status()
            first = time.perf_counter() - start
            start = time.perf_counter()
            again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code
            second = time.perf_counter() - start
            print(f"open {name}: {first:.2f} s, {len(answer.content) / MIB:.1f} MiB; again {second:.3f} s ({again})")
        start = time.perf_counter()
        client.post("/graphql", json=page).raise_for_status()
        print(f"open a page of datapoints: {time.perf_counter() - start:.2f} s")


def select_by_rules(stack: Stack, project: chroma.Project, made: chroma.Map) -> None:
    """Select by rules of each kind, and print what evaluating them takes."""
    x, y = made.positions().mean(axis=0)
    width = float(made.positions().std())
    angles = [2 * math.pi * corner / CORNERS for corner in range(CORNERS)]
    ring = [[float(x) + width * math.cos(angle), float(y) + width * math.sin(angle)] for angle in angles]
    [model] = project.models()
    [trained] = model.versions()
    category = next(iter(project.categories())).id
    filters = {
        "label": {"field": "label", "only": [category]},
        "inference": {"field": f"inference:{trained.id}", "without": [category]},
        "agreement": {"field": f"agreement:{trained.id}", "only": ["disagree"]},
        "confidence": {"field": f"confidence:{trained.id}", "range": [0.9, None]},
        "search": {"field": "search", "contains": "999"},
    }
    rules = {name: {"filters": [filter]} for name, filter in filters.items()}
    rules[f"lasso of {CORNERS} corners"] = {"lassos": [{"map": made.id, "mode": "replace", "polygon": ring}]}
    headers = {"Authorization": f"Bearer {stack.token}"}
    with httpx.Client(base_url=stack.url, headers=headers, timeout=300) as client:
        for name, rule in rules.items():
            start, cpu = time.perf_counter(), stack.cpu_seconds()
            found = client.post(f"/bulk/v1/projects/{project.id}/selections", json={"rule": rule}).raise_for_status()
            seconds, cpu = time.perf_counter() - start, stack.cpu_seconds() - cpu
            print(f"rule by {name}: {seconds:.2f} s, {cpu:.2f} CPU s, {found.json()['datapoint_count']:,} datapoints")


def memory(stack: Stack) -> str:
    """Say what the serving process holds."""
    return f"{stack.memory() / MIB:,.0f} MiB of memory"


if __name__ == "__main__":
    main()
