"""Where the time of our projection goes, stage by stage, and how it grows with the number of vectors.

    python benchmarks/projection/stages.py [ROWS ...] [--dimension D] [--output FOLDER]

Made-up vectors of 10,000 to 1,000,000 rows, each projected in a process that is warm; CPU seconds of all threads.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import numpy as np
from clustered import clustered

ROWS = (10_000, 30_000, 100_000, 300_000, 1_000_000)
ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Measure each size in a process of its own; fit the exponent."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="*", type=int)
    parser.add_argument("--dimension", type=int, default=128)
    parser.add_argument("--output", type=Path, default=ROOT / "build" / "bench-projection")
    parser.add_argument("--single", action="store_true", help="measure one size in this process")
    options = parser.parse_args()
    if options.single:
        print(json.dumps(measure(options.rows[0], options.dimension)))
        return
    options.output.mkdir(parents=True, exist_ok=True)
    runs = [_in_process(rows, options.dimension) for rows in options.rows or ROWS]
    (options.output / "growth.json").write_text(json.dumps(runs, indent=1))
    print_growth(runs)


def measure(rows, dimension):
    """Time the stages of one projection, after a small one that loads all that is compiled."""
    umap = import_module("apps.projections.compute.umap").umap
    umap(clustered(5000, dimension)[0], random_state=0)
    vectors, _ = clustered(rows, dimension)
    marks = []

    def notice(phase, fraction, positions):
        if not marks or marks[-1][0] != phase:
            marks.append((phase, time.process_time(), time.perf_counter()))

    start = time.process_time(), time.perf_counter()
    umap(vectors, random_state=0, callback=notice)
    end = time.process_time(), time.perf_counter()
    ends = [*marks[1:], ("", *end)]
    stages = {}
    for (phase, cpu, wall), (_, next_cpu, next_wall) in zip(marks, ends, strict=True):
        before = stages.get(phase, (0.0, 0.0))
        stages[phase] = (before[0] + next_cpu - cpu, before[1] + next_wall - wall)
    return {
        "rows": rows,
        "dimension": dimension,
        "cpu": end[0] - start[0],
        "wall": end[1] - start[1],
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "load": os.getloadavg()[0],
        "stages": stages,
    }


def print_growth(runs) -> None:
    """Print the table, and the exponent of the straight line through the logarithms."""
    phases = list(dict.fromkeys(phase for run in runs for phase in run["stages"]))
    print("| rows | CPU s | wall s | peak MiB | " + " | ".join(phases) + " |")
    print("|---" * (4 + len(phases)) + "|")
    for run in runs:
        stages = " | ".join(f"{run['stages'].get(phase, (0, 0))[0]:.2f}" for phase in phases)
        print(f"| {run['rows']:,} | {run['cpu']:.1f} | {run['wall']:.1f} | {run['peak_mib']:,.0f} | {stages} |")
    if len(runs) > 1:
        slope = np.polyfit(np.log([run["rows"] for run in runs]), np.log([run["cpu"] for run in runs]), 1)[0]
        print(f"\nCPU seconds grow as the {slope:.2f}th power of the number of rows.")


def _in_process(rows, dimension):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NUMBA_CACHE_DIR": str(ROOT / ".cache" / "numba")}
    command = [sys.executable, __file__, str(rows), "--dimension", str(dimension), "--single"]
    told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    run = json.loads(told.splitlines()[-1])
    print(json.dumps(run), flush=True)
    return run


if __name__ == "__main__":
    main()
