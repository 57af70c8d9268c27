"""How fast datapoints are logged, what that costs, and what others feel of it.

    python benchmarks/bench_logging.py [ROWS] [DIMENSION]

100,000 datapoints with a label, an inference, a confidence, three metadata values and a vector of 384 floats, made up.
Runs on SQLite; with CHROMA_TEST_DATABASE_URL on PostgreSQL: DURABLE=1 scripts/with_postgres .venv/bin/python …
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import chroma_sdk as chroma
import numpy as np
from stack import PASSWORD, Stack, own_cpu_seconds, running_stack

HERE = Path(__file__).resolve().parent
PROBED = ["somebody", "somejob"]
SECONDS_ALONE = 15


def main() -> None:
    """Log twice undisturbed, then once with probes."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    dimension = int(sys.argv[2]) if len(sys.argv) > 2 else 384
    with running_stack("--no-worker") as stack, chroma.Client(stack.url, stack.token) as client:
        project = client.project("Benchmark")
        data = made_up(rows, dimension)
        print(f"{rows:,} datapoints x {dimension} float32 on {stack.database}, {os.cpu_count()} cores")
        project.dataset("warm-up").log(**made_up(1_000, dimension), quiet=True)

        database, files = stack.database_bytes(), stack.file_bytes()
        first = timed(stack, lambda: project.dataset("first").log(**data, quiet=True))
        print_speed("new", rows, first)
        database, files = stack.database_bytes() - database, stack.file_bytes() - files
        print(f"bytes a row: database {database / rows:,.0f}, files {files / rows:,.0f}, vectors {dimension * 4:,}")
        print_speed("again", rows, timed(stack, lambda: project.dataset("first").log(**data, quiet=True)))
        back = timed(stack, lambda: np.array_equal(project.dataset("first").embeddings(), data["embeddings"]))
        print_speed("vectors read back", rows, back)

        for username in PROBED:
            stack.make_user(username)
        with probing(stack) as alone:
            time.sleep(SECONDS_ALONE)
        with probing(stack) as beside:
            third = timed(stack, lambda: project.dataset("second").log(**data, quiet=True))
        print_speed("new, while others work", rows, third)
        print_waits("while nobody logs", alone)
        print_waits("while somebody logs", beside)


def made_up(rows: int, dimension: int) -> dict[str, Any]:
    """Return arguments of `log`."""
    random = np.random.default_rng(0)
    truth = random.integers(0, 20, rows)
    guessed = np.where(random.random(rows) < 0.9, truth, random.integers(0, 20, rows))
    names = np.array([f"category {number}" for number in range(20)])
    return {
        "keys": [f"datapoint-{row:07d}" for row in range(rows)],
        "labels": names[truth],
        "inferences": names[guessed],
        "confidences": random.random(rows, dtype=np.float32),
        "metadata": {
            "day": random.integers(0, 365, rows),
            "brightness": random.random(rows),
            "site": np.array(["north", "south", "east", "west"])[random.integers(0, 4, rows)],
        },
        "embeddings": random.standard_normal((rows, dimension), dtype=np.float32),
    }


def timed(stack: Stack, act: Any) -> dict[str, Any]:
    """Return what it did, the time that it took, and the CPU time of client and server."""
    start, client, server = time.perf_counter(), own_cpu_seconds(), stack.cpu_seconds()
    result = act()
    return {
        "result": result,
        "seconds": time.perf_counter() - start,
        "client": own_cpu_seconds() - client,
        "server": stack.cpu_seconds() - server,
    }


def print_speed(what: str, rows: int, run: dict[str, Any]) -> None:
    """Print one line of figures."""
    cpu = run["client"] + run["server"]
    speed = f"{run['seconds']:.2f} s = {rows / run['seconds']:,.0f} rows/s"
    costs = f"CPU {cpu:.2f} s (client {run['client']:.2f}, server {run['server']:.2f}) = {rows / cpu:,.0f} rows/CPU-s"
    print(f"{what}: {speed}; {costs}; {run['result']}", flush=True)


def print_waits(when: str, probes: dict[str, list[float]]) -> None:
    """Print how long each probe waited."""
    for name, seconds in probes.items():
        p50, p99 = np.percentile(seconds, [50, 99])
        times = f"p50 {p50:.3f} s, p99 {p99:.3f} s, longest {max(seconds):.3f} s"
        print(f"{name} {when}: {len(seconds)} times, {times}", flush=True)


@contextmanager
def probing(stack: Stack) -> Iterator[dict[str, list[float]]]:
    """Let another user sign in and a job live while the block runs; the times are there afterwards."""
    commands = {"login": ["login", stack.url, PROBED[0], PASSWORD], "heartbeat": ["heartbeat", PROBED[1]]}
    running = {
        name: subprocess.Popen(
            [sys.executable, str(HERE / "probes.py"), *command],
            stdout=subprocess.PIPE,
            text=True,
            env=stack.environment,
            cwd=HERE.parent,
        )
        for name, command in commands.items()
    }
    times: dict[str, list[float]] = {}
    try:
        for process in running.values():
            process.stdout.readline()
        yield times
    finally:
        for name, process in running.items():
            process.terminate()
            times[name] = json.loads(process.communicate()[0] or "[]")


if __name__ == "__main__":
    main()
