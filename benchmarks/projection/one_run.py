"""Projections in a process of their own, so that their time and memory are nobody else's.

    python one_run.py ENGINE VECTORS.npy FOLDER SEED,SEED,... [--warm]

Leaves FOLDER/SEED.npy and prints a line of JSON for each seed, with the wall and CPU seconds of the call. With --warm
the engine first projects a few thousand other vectors of the same dimension, so that what it compiles is compiled.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from pathlib import Path

import numpy as np
from engines import ENGINES

# umap-learn searches by another way, and compiles other code, below 4,096 vectors.
ROWS_TO_WARM = 5000


def main() -> None:
    """Project, time, store."""
    engine, vectors_path, folder, seeds = sys.argv[1:5]
    project = ENGINES[engine]
    warnings.simplefilter("ignore")
    if "--warm" in sys.argv:
        form = np.load(vectors_path, mmap_mode="r").shape
        few = ROWS_TO_WARM if form[0] >= 4096 else 1000
        project(np.random.default_rng(0).normal(size=(few, form[1])).astype(np.float32), 0)
    vectors = np.load(vectors_path)
    for seed in seeds.split(","):
        wall, cpu = time.perf_counter(), time.process_time()
        positions = project(vectors, int(seed))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        np.save(Path(folder) / f"{seed}.npy", np.asarray(positions, dtype=np.float32))
        print(json.dumps({"seed": int(seed), "wall": wall, "cpu": cpu}), flush=True)


if __name__ == "__main__":
    main()
