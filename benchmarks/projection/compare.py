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
OTHERS = ("openTSNE", "PaCMAP", "fastumap")


@dataclass(frozen=True)
class Plan:
    """Which engines run on which data, with which seeds."""

    data: str
    warm: dict[str, tuple[int, ...]]
    fresh: tuple[str, ...] = ()


def plans():
    """All plans by name."""
    few = dict.fromkeys((*OURS, "umap-learn", *OTHERS), SEEDS)
    some = dict.fromkeys((*OURS, "umap-learn", "umap-learn, seeded", *OTHERS, "LocalMAP"), SEEDS)
    many = dict.fromkeys((*OURS, "umap-learn"), SEEDS) | dict.fromkeys(OTHERS, (0,))
    most = dict.fromkeys((*OURS, "umap-learn"), (0,))
    against = ("Chroma", "umap-learn")
    return {
        "digits": Plan("digits", few, against),
        **{name: Plan(name, few) for name in datasets.example_names()},
        "20k": Plan("clustered-20000x512", some, against),
        "60k": Plan("clustered-60000x384", {}, against),
        "100k": Plan("clustered-100000x384", many, against),
        "1m": Plan("clustered-1000000x128", most, ("Chroma",)),
    }


def main() -> None:
    """Run the plans."""
    known = plans()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plans", nargs="*", metavar="PLAN", help=f"of {', '.join(known)}")
    parser.add_argument("--output", type=Path, default=measured.ROOT / "build" / "bench-projection")
    parser.add_argument("--limit", type=float, default=1200, help="seconds that an engine may take with one data set")
    options = parser.parse_args()
    (options.output / "maps").mkdir(parents=True, exist_ok=True)
    for name in options.plans or known:
        compare(known[name], options.output, options.limit)
    print_tables([json.loads(line) for line in (options.output / "results.jsonl").read_text().splitlines()])


def compare(plan, output, limit) -> None:
    """Run every engine of the plan, one after the other."""
    data = datasets.load(plan.data)
    print(f"-- {data.name}: {data.vectors.shape[0]:,} x {data.vectors.shape[1]}", flush=True)
    fidelity = Fidelity(data.vectors, data.labels)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        np.save(folder / "vectors.npy", data.vectors)
        for engine, seeds in plan.warm.items():
            for run in measured.warm(engine, folder / "vectors.npy", folder, seeds, limit=limit):
                if "failure" not in run:
                    positions = measured.positions_of(folder, run["seed"])
                    run |= fidelity.of(positions)
                    if run["seed"] == 0:
                        np.savez(output / "maps" / f"{data.name} {engine}.npz", positions=positions, labels=data.labels)
                record(output, data.name, run)
        for engine in plan.fresh:
            record(output, data.name, measured.fresh(engine, folder / "vectors.npy", folder, 0, limit=limit))


def record(output, name, run) -> None:
    """Keep the figures of a run, and show them."""
    run = {"data": name, "load": round(os.getloadavg()[0], 1)} | run
    with (output / "results.jsonl").open("a") as file:
        file.write(json.dumps(run) + "\n")
    shown = {key: round(value, 3) if isinstance(value, float) else value for key, value in run.items()}
    print(json.dumps(shown), flush=True)


if __name__ == "__main__":
    main()
