"""How fast objects inside images are logged, replaced and read.

    python benchmarks/bench_objects.py [OBJECTS] [DIMENSION]

100,000 boxes with a label and a vector of 128 floats, a hundred in each context, made up.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import chroma_sdk as chroma
import httpx
import numpy as np
from bench_logging import print_speed, timed
from stack import running_stack

IN_EACH = 100
COLUMNS = ("label", "role", "parent", "region", "source")


def main() -> None:
    """Log the objects, log them again, move every other one, and read their columns."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    dimension = int(sys.argv[2]) if len(sys.argv) > 2 else 128
    with running_stack("--no-worker") as stack, chroma.Client(stack.url, stack.token) as client:
        print(f"{count:,} objects x {dimension} float32 on {stack.database}, {os.cpu_count()} cores")
        dataset = client.project("Benchmark").dataset("objects")
        dataset.log([f"image-{number}" for number in range(count // IN_EACH)], quiet=True)
        data = made_up(count, dimension)
        print_speed("new", count, timed(stack, lambda: dataset.log_objects(**data, quiet=True)))
        print_speed("again", count, timed(stack, lambda: dataset.log_objects(**data, quiet=True)))
        data["boxes"][::2, 0] /= 2
        print_speed("half of them moved", count, timed(stack, lambda: dataset.log_objects(**data, quiet=True)))
        columns = httpx.Client(headers={"Authorization": f"Bearer {stack.token}"}, timeout=60)
        for name in COLUMNS:
            url = f"{stack.url}/bulk/v1/datasets/{dataset.id}/columns/{name}"
            read = timed(stack, lambda url=url: len(columns.get(url).content))
            print_speed(f"column {name}, bytes", count, read)


def made_up(count: int, dimension: int) -> dict[str, Any]:
    """Return arguments of `log_objects`."""
    random = np.random.default_rng(0)
    return {
        "parents": [f"image-{number // IN_EACH}" for number in range(count)],
        "boxes": np.concatenate([random.random((count, 2)) * 0.5, random.random((count, 2)) * 0.4 + 0.01], axis=1),
        "box_format": "xywhn",
        "labels": [f"category {number % 20}" for number in range(count)],
        "embeddings": random.standard_normal((count, dimension), dtype=np.float32),
    }


if __name__ == "__main__":
    main()
