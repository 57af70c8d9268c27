"""Measures what each method costs beside what apps/projections/methods/costs.py says, and how the two differ.

    python benchmarks/projection_costs.py [--sizes 2000,5000,20000] [--methods umap,tsne]

Each run counts the CPU seconds of this process, on one thread where the method takes a seed; the first call of a method
loads and compiles and is not counted. Prints a table: n, d, CPU seconds measured and estimated, and their ratio. Where
a ratio is not between 0.5 and 2, the coefficient of that method is to be changed.
"""

from __future__ import annotations

import argparse
import time
from importlib import import_module

import numpy as np

from apps.embeddings.compute.neighbors import nearest_neighbors
from apps.projections.compute.quality import faithfulness
from apps.projections.methods import METHODS, Method, complete_parameters

DIMENSIONS = (64, 384)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="2000,5000,20000")
    parser.add_argument("--methods", default=",".join(METHODS))
    given = parser.parse_args()
    print("method      n        d    measured  estimated  ratio")
    for name in given.methods.split(","):
        measure(METHODS[name], [int(size) for size in given.sizes.split(",")])


def measure(method: Method, sizes: list[int]) -> None:
    run(method, clusters(200, 8))
    for n in sizes:
        for d in DIMENSIONS:
            taken = run(method, clusters(n, d))
            cost = method.cost(n, d, complete_parameters(method, {}))
            said = cost.shared + cost.alone
            print(f"{method.name:<9} {n:>8,} {d:>5} {taken:>9.1f} {said:>10.1f} {said / taken:>6.2f}", flush=True)


def run(method: Method, vectors: np.ndarray) -> float:
    """The CPU seconds of a map as a job makes it: neighbours, layout, figures."""
    parameters = complete_parameters(method, {})
    arguments = {name: value for name, value in parameters.items() if name != "supervised"}
    if method.has_seed:
        arguments["random_state"] = 0
    started = time.process_time()
    wanted = method.n_neighbors(len(vectors), parameters) if method.n_neighbors else 0
    metric = parameters.get("metric", "euclidean")
    indices, distances = nearest_neighbors(vectors, min(max(wanted, 16), len(vectors)), metric=metric)
    if method.n_neighbors:
        arguments |= {"neighbors_indices": indices, "neighbors_distances": distances}
    module, _, name = method.function.partition(":")
    positions = getattr(import_module(module), name)(vectors, **arguments)
    faithfulness(vectors, positions, neighbors_indices=indices, metric=metric)
    return time.process_time() - started


def clusters(n: int, d: int) -> np.ndarray:
    random = np.random.default_rng(0)
    centres = random.normal(size=(20, d)) * 3
    return (centres[random.integers(20, size=n)] + random.normal(size=(n, d))).astype(np.float32)


if __name__ == "__main__":
    main()
