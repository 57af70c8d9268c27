"""What each idea of the layout gives: the same graph and the same start, one idea left out at a time.

    python benchmarks/projection/ablation.py [DATA ...] [--output FOLDER]

CPU seconds of the layout alone, and the fidelity of the map, over three seeds. The last rows are ours as it is, on one
and on two threads, and umap-learn's own loop.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from functools import partial
from pathlib import Path

import datasets
import numpy as np
from fidelity import Fidelity
from variants import WITHOUT, lay_out, umap_learn_layout

from apps.embeddings.compute.neighbors import nearest_neighbors
from apps.projections.compute.curve import fit_curve
from apps.projections.compute.fuzzy import fuzzy_graph
from apps.projections.compute.graph import prune
from apps.projections.compute.layout import optimise_layout
from apps.projections.compute.spectral import spectral_start

SEEDS = (0, 1, 2)
DATA = ("digits", "clustered-20000x512")
ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Run every variant on every data set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="*", default=DATA)
    parser.add_argument("--output", type=Path, default=ROOT / "build" / "bench-projection")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    variants = {
        **{f"ours, {name}" if name == "all ideas" else name: partial(lay_out, idea) for name, idea in WITHOUT.items()},
        "as it is, 1 thread": partial(optimise_layout, n_threads=1),
        "as it is, 2 threads": partial(optimise_layout, n_threads=2),
        "umap-learn's loop": umap_learn_layout,
    }
    rows = [row for name in options.data for row in compare(datasets.load(name), variants)]
    (options.output / "ablation.json").write_text(json.dumps(rows, indent=1))


def compare(data, variants):
    """Lay out one data set by every variant, and print a table."""
    graph = fuzzy_graph(*nearest_neighbors(data.vectors, 15))
    epochs = 500 if len(data.vectors) <= 10_000 else 200
    graph = prune(graph, epochs)
    a, b = fit_curve(0.1, 1.0)
    fidelity = Fidelity(data.vectors, data.labels)
    names = None
    rows = []
    for title, lay in variants.items():
        runs = []
        lay(graph, spectral_start(graph, vectors=data.vectors), a=a, b=b, n_epochs=2, random_state=0)  # compiles
        for seed in SEEDS:
            start = spectral_start(graph, vectors=data.vectors, random_state=seed)
            cpu, wall = time.process_time(), time.perf_counter()
            positions = lay(graph, start, a=a, b=b, n_epochs=epochs, random_state=seed)
            runs.append({"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall} | fidelity.of(positions))
        if names is None:
            names = [name for name in runs[0] if name not in ("cpu", "wall")]
            print(f"\n### {data.name}: {len(data.vectors):,} points, {len(graph.indices):,} edges, {epochs} epochs\n")
            print("| layout | CPU s | wall s | " + " | ".join(names) + " |")
            print("|---" * (3 + len(names)) + "|")
        cells = [title, *(f"{statistics.median(run[name] for run in runs):.2f}" for name in ("cpu", "wall"))]
        cells += [f"{np.mean([run[n] for run in runs]):.4f} ± {np.std([run[n] for run in runs]):.4f}" for n in names]
        print("| " + " | ".join(cells) + " |", flush=True)
        rows.append({"data": data.name, "layout": title, "runs": runs})
    return rows


if __name__ == "__main__":
    main()
