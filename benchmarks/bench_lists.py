"""Lists of ten thousand: what a page of each takes.

    python benchmarks/bench_lists.py [COUNT]    # 1,000 at least

A project gets 10,000 of every noun. Of each list the first page of 100 is fetched with what the pages of the front end
show, then a page from the middle, and where it can be searched, what a search finds. The median of three is printed.
"""

from __future__ import annotations

import statistics
import sys
import time
from typing import Any

import httpx
from stack import CHECKOUT, Stack, running_stack

FILL = f"""
import sys
sys.path.insert(0, {str(CHECKOUT / "benchmarks")!r})
from list_filling import fill
fill(COUNT)
"""
PAGE = 100
TIMES = 3

# What a row of each list shows, and a word to search for where the list has a search.
LISTS = {
    "projects": ("fullName myRole datapointCount", None),
    "datasets": ("name kind datapointCount objectCount labelledCount", "0500"),
    "categories": ("name colour labelCount", "0500"),
    "tags": ("name datapointCount", "0500"),
    "slices": ("name description isFrozen datapointCount notes version createdBy { username }", "0500"),
    "modelArchitectures": ("name trainedModels(first: 10) { edges { node { version } } }", None),
    "trainedModels": ("version modelArchitecture { name } trainedOnDataset { name }", None),
    "layers": ("name layerSet { name trainedModel { version } }", None),
    "inferenceSets": ("inferenceCount trainedModel { version } dataset { name }", None),
    "embeddingSets": ("dimension embeddingCount layer { name } dataset { name }", None),
    "projectionSets": ("name projectionCount stale projector { method } sources { embeddingSet { id } }", "0500"),
    "analyses": ("name kind", None),
    "jobs": ("title state phase fraction queuePosition canCancel canRetry requestedBy { username }", "Job 50"),
    "exports": ("fileName format rowCount", None),
    "auditEntries": ("actorName action targetName at", None),
}


def main() -> None:
    """Fill, ask, print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with running_stack("--no-worker") as stack:
        stack.run_python(FILL.replace("COUNT", str(count)))
        print(f"{count:,} of each noun on {stack.database}; pages of {PAGE}, in milliseconds")
        print(f"{'list':20}{'first':>8}{'middle':>8}{'search':>8}")
        headers = {"Authorization": f"Bearer {stack.token}"}
        with httpx.Client(base_url=stack.url, headers=headers, timeout=300) as client:
            for name, (fields, word) in LISTS.items():
                print_list(client, stack, name, fields, word, count)


def print_list(client: httpx.Client, stack: Stack, name: str, fields: str, word: str | None, count: int) -> None:
    """Print what pages of one list take."""
    first = timed(client, name, fields, "")
    middle = None
    if name != "projects":
        cursor = cursor_at(client, name, count // 2)
        middle = timed(client, name, fields, f', after: "{cursor}"')
    search = timed(client, name, fields, f', search: "{word}"') if word else None
    times = "".join("       -" if each is None else f"{each * 1000:8.0f}" for each in (first, middle, search))
    print(f"{name:20}{times}", flush=True)


def timed(client: httpx.Client, name: str, fields: str, arguments: str) -> float:
    """Fetch a page some times and return the median time in seconds."""
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        found = ask(client, f"{{ {name}(first: {PAGE}{arguments}) {{ totalCount edges {{ node {{ {fields} }} }} }} }}")
        times.append(time.perf_counter() - start)
        assert found[name]["edges"], f"{name} is empty"
    return statistics.median(times)


def cursor_at(client: httpx.Client, name: str, place: int) -> str:
    """Walk to the middle of a list, as somebody does who scrolls; return the cursor there."""
    cursor = ""
    for _ in range(max(place // 500, 1)):
        after = f', after: "{cursor}"' if cursor else ""
        found = ask(client, f"{{ {name}(first: 500{after}) {{ pageInfo {{ endCursor }} }} }}")
        cursor = found[name]["pageInfo"]["endCursor"].replace('"', '\\"')
    return cursor


def ask(client: httpx.Client, query: str) -> dict[str, Any]:
    """Return the data that GraphQL answers with."""
    answer = client.post("/graphql", json={"query": query}).raise_for_status().json()
    assert "errors" not in answer, answer["errors"]
    data: dict[str, Any] = answer["data"]
    return data


if __name__ == "__main__":
    main()
