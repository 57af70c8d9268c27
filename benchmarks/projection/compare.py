"""Our projection beside others: seconds, memory and fidelity, in one run.

    python benchmarks/projection/compare.py [PLAN ...] [--output FOLDER]

A PLAN is `digits`, `20k`, `60k`, `100k`, `1m`, or a folder in CHROMA_EXAMPLE_DATA that holds vectors.npy; all of them
where none is named. Figures go to FOLDER/results.jsonl (one line a run), maps to FOLDER/maps, and tables in Markdown to
the standard output.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import datasets
import measured
import numpy as np
from fidelity import Fidelity
from tables import print_tables

SEEDS = (0, 1, 2)
OURS = ("Chroma", "Chroma, fast mode")
UMAPS = (*OURS, "umap-learn", "umap-learn, seeded")
EVERY = (*UMAPS, "openTSNE", "PaCMAP", "LocalMAP", "fastumap")


@dataclass(frozen=True)
class Plan:
    """Which engines run on which data, with which seeds, and for how long at most."""

    names: tuple[str, ...]
    warm: dict[str, tuple[int, ...]]
    fresh: tuple[str, ...]
    limit: float = 1800.0


def plans():
    """All plans by name."""
    small = {
        name: Plan((name,), dict.fromkeys(EVERY, SEEDS), ("Chroma", "umap-learn"))
        for name in ("digits", *datasets.example_names())
    }
    once = dict.fromkeys(EVERY[len(UMAPS) :], (0,))
    return small | {
        "20k": Plan(("clustered-20000x512",), dict.fromkeys(EVERY, SEEDS), ("Chroma", "umap-learn", "fastumap")),
        "60k": Plan(("clustered-60000x384",), {}, ("Chroma", "Chroma, fast mode", "umap-learn")),
        "100k": Plan(
            ("clustered-100000x384",), dict.fromkeys(UMAPS[:3], SEEDS) | once, ("Chroma", "umap-learn"), limit=1200
        ),
        "1m": Plan(("clustered-1000000x128",), dict.fromkeys(UMAPS[:3], (0,)), ("Chroma",), limit=1800),
    }


def main() -> None:
    """Run the plans."""
    known = plans()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plans", nargs="*", metavar="PLAN", help=f"of {', '.join(known)}")
    parser.add_argument("--output", type=Path, default=measured.ROOT / "build" / "bench-projection")
    options = parser.parse_args()
    (options.output / "maps").mkdir(parents=True, exist_ok=True)
    for plan_name in options.plans or known:
        for name in known[plan_name].names:
            compare(name, known[plan_name], options.output)
    print_tables([json.loads(line) for line in (options.output / "results.jsonl").read_text().splitlines()])


def compare(name, plan, output) -> None:
    """Run every engine of the plan on one data set, one after the other."""
    data = datasets.load(name)
    print(f"-- {name}: {data.vectors.shape[0]:,} x {data.vectors.shape[1]}", flush=True)
    fidelity = Fidelity(data.vectors, data.labels)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        np.save(folder / "vectors.npy", data.vectors)
        for engine, seeds in plan.warm.items():
            for run in measured.warm(engine, folder / "vectors.npy", folder, seeds, limit=plan.limit):
                if "failure" not in run:
                    positions = measured.positions_of(folder, run["seed"])
                    run |= fidelity.of(positions)
                    if run["seed"] == 0:
                        np.savez(output / "maps" / f"{name} {engine}.npz", positions=positions, labels=data.labels)
                record(output, name, run)
        for engine in plan.fresh:
            run = measured.fresh(engine, folder / "vectors.npy", folder, 0, limit=plan.limit)
            record(output, name, run)


def record(output, name, run) -> None:
    """Keep the figures of a run, and show them."""
    run = {"data": name, "load": round(os.getloadavg()[0], 1)} | run
    with (output / "results.jsonl").open("a") as file:
        file.write(json.dumps(run) + "\n")
    shown = {key: round(value, 3) if isinstance(value, float) else value for key, value in run.items()}
    print(json.dumps(shown), flush=True)


if __name__ == "__main__":
    main()
