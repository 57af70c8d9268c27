"""Logs a few pictures with boxes in them, labelled and found, and a map of the pictures."""

from __future__ import annotations

import sys

import chroma_sdk as chroma
import numpy as np

COUNT = 8


def main() -> None:
    """Each picture holds a cat on the left and a dog on the right; the model sees one of the cats as a dog."""
    keys = [f"picture-{row}" for row in range(COUNT)]
    random = np.random.default_rng(3)
    parents = [key for key in keys for _ in range(2)]
    boxes = [[8, 8, 20, 20], [36, 30, 20, 24]] * COUNT
    labels = ["cat", "dog"] * COUNT
    origin = {"model": "detector", "version": "1"}
    with chroma.Client() as client:
        project = client.project(sys.argv[1])
        dataset = project.dataset("pictures", kind="test")
        pictures = [random.integers(0, 255, (64, 64, 3), dtype=np.uint8) for _ in keys]
        vectors = random.normal(size=(COUNT, 8)).astype("float32")
        dataset.log(keys=keys, files=pictures, embeddings=vectors, layer="pool", quiet=True, **origin)
        dataset.log_objects(parents=parents, boxes=boxes, labels=labels, quiet=True)
        found = {"inferences": ["dog", *labels[1:]], "confidences": [0.9] * len(labels)}
        dataset.log_objects(parents=parents, boxes=boxes, quiet=True, **found, **origin)
        project.run_projection([dataset], method="pca", name="Pictures", quiet=True)


main()
