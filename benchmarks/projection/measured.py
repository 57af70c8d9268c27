"""Runs projections in a process of their own and measures it: CPU seconds, wall seconds, most memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import psutil

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
MIB = 2**20


def warm(engine, vectors_path, folder, seeds, *, limit):
    """Give a dictionary for each seed that came through within `limit` seconds of the whole process.

    Calls are timed alone. A last dictionary tells of the failure, if there was one.
    """
    answer = _run([engine, str(vectors_path), str(folder), ",".join(map(str, seeds)), "--warm"], limit)
    facts = {"engine": engine, "start": "warm", "peak_mib": answer["peak_mib"]}
    runs = [facts | json.loads(line) for line in answer["output"].splitlines()]
    if answer["failure"]:
        runs.append(facts | {"failure": answer["failure"], "wall": answer["wall"], "cpu": answer["cpu"]})
    return runs


def fresh(engine, vectors_path, folder, seed, *, limit):
    """Give the figures of one whole process, from its start to its end."""
    answer = _run([engine, str(vectors_path), str(folder), str(seed)], limit)
    facts = {"engine": engine, "start": "fresh", "seed": seed}
    failure = {"failure": answer["failure"]} if answer["failure"] else {}
    return facts | {name: answer[name] for name in ("wall", "cpu", "peak_mib")} | failure


def positions_of(folder, seed):
    """Read the positions that a run left."""
    return np.load(Path(folder) / f"{seed}.npy")


def _run(arguments, limit):
    cache = {"PYTHONPATH": str(ROOT), "NUMBA_CACHE_DIR": str(ROOT / ".cache" / "numba")}
    start, before = time.perf_counter(), os.times()
    process = subprocess.Popen(
        [sys.executable, str(HERE / "one_run.py"), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **cache},
    )
    peak, is_over = _watch(process, start + limit)
    output, errors = process.communicate()
    after = os.times()
    failure = f"stopped after {limit:,.0f} s" if is_over else ""
    if process.returncode and not is_over:
        failure = errors[-300:] or f"ended with status {process.returncode}"
    return {
        "output": output,
        "failure": failure,
        "wall": time.perf_counter() - start,
        "cpu": after.children_user + after.children_system - before.children_user - before.children_system,
        "peak_mib": peak / MIB,
    }


def _watch(process, deadline):
    """Wait for the process, looking at its memory; kill it where it runs past the deadline."""
    watched, peak = psutil.Process(process.pid), 0
    while process.poll() is None:
        if time.perf_counter() > deadline:
            process.kill()
            return peak, True
        try:
            peak = max(peak, watched.memory_info().rss)
        except psutil.NoSuchProcess:
            break
        time.sleep(0.02)
    return peak, False
