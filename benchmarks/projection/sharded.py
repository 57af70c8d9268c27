"""Neighbours in parts beside neighbours in one piece: CPU seconds, the largest cell, and how many of the true ones.

PYTHONPATH=. python benchmarks/projection/sharded.py [--rows 10000 30000 100000] [--dimension 128] [--cells 8]
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from clustered import clustered

from apps.embeddings.compute.cells import plan_cells
from apps.embeddings.compute.neighbors import measure_recall, nearest_neighbors, refine_neighbors
from apps.embeddings.compute.shards import find_in_cell, merge_lists

K = 16
METRIC = "euclidean"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 30_000, 100_000])
    parser.add_argument("--dimension", type=int, default=128)
    parser.add_argument("--cells", type=int, default=8)
    parser.add_argument("--output", type=Path)
    chosen = parser.parse_args()
    find_in_cell(clustered(5000, chosen.dimension)[0], n_neighbors=K, metric=METRIC)  # compiles
    rows = [compare(n, chosen.dimension, chosen.cells) for n in chosen.rows]
    if chosen.output:
        chosen.output.write_text(json.dumps(rows, indent=1) + "\n")


def compare(n: int, dimension: int, n_cells: int) -> dict[str, Any]:
    vectors = clustered(n, dimension)[0]
    (whole, _), whole_seconds = timed(lambda: nearest_neighbors(vectors, K, metric=METRIC))
    cells, plan_seconds = timed(lambda: plan_cells(vectors, n_cells=n_cells, metric=METRIC))
    pieces, each = [], []
    for rows in np.split(cells["rows"], cells["starts"][1:-1]):
        found, seconds = timed(lambda rows=rows: find_in_cell(vectors[rows], n_neighbors=K, metric=METRIC))
        pieces.append((rows, found["indices"], found["distances"]))
        each.append(seconds)
    merged, merge_seconds = timed(lambda: merge_lists(n, pieces, K))
    refined, refine_seconds = timed(lambda: refine_neighbors(vectors, *merged, metric=METRIC, n_iterations=1))
    found = {
        "rows": n,
        "dimension": dimension,
        "parts": len(pieces),
        "largest_cell": max(len(rows) for rows, _, _ in pieces),
        "cpu_whole": whole_seconds,
        "cpu_plan": plan_seconds,
        "cpu_cells": round(sum(each), 2),
        "cpu_largest_part": max(each),
        "cpu_merge": merge_seconds,
        "cpu_refine": refine_seconds,
        "recall_whole": round(measure_recall(vectors, whole, metric=METRIC), 4),
        "recall_merged": round(measure_recall(vectors, merged[0], metric=METRIC), 4),
        "recall_refined": round(measure_recall(vectors, refined[0], metric=METRIC), 4),
    }
    print(json.dumps(found), flush=True)
    return found


def timed(act: Callable[[], Any]) -> tuple[Any, float]:
    """What it gives, and the CPU seconds of all threads."""
    start = time.process_time()
    return act(), round(time.process_time() - start, 2)


if __name__ == "__main__":
    main()
