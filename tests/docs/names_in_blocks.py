"""What the examples of the documentation take for granted: somebody's data, and a project with some of it."""

from __future__ import annotations

from typing import Any

import chroma_sdk as chroma
import numpy as np

N = 60


def names_for_examples() -> dict[str, Any]:
    """The names that the blocks of a page use without making them."""
    rng = np.random.default_rng(0)
    classes = ["cat", "dog", "bird"]
    probabilities = rng.dirichlet([1, 1, 1], N).astype(np.float32)
    vectors = rng.standard_normal((N, 8)).astype(np.float32)
    keys = [f"image-{number}" for number in range(N)]
    labels = [classes[number % 3] for number in range(N)]
    return {
        "chroma": chroma,
        "np": np,
        "ids": keys,
        "keys": keys,
        "images": rng.random((N, 8, 8)),
        "labels": labels,
        "predicted": labels,
        "confidences": probabilities.max(axis=1),
        "p": probabilities,
        "probabilities": probabilities,
        "names": classes,
        "days": rng.integers(0, 30, N),
        "sites": ["north", "south"] * (N // 2),
        "vectors": vectors,
        "features": vectors,
        "checked_ids": keys[:5],
        "checked_labels": ["cat"] * 5,
    }


def log_for_examples(client: chroma.Client, names: dict[str, Any]) -> dict[str, Any]:
    """The client, its project and datasets with data in them, as pages take them for granted."""
    project = client.project("MNIST")
    datasets = {
        name: project.dataset(name, kind=kind)
        for name, kind in {"train": "training", "test": "test", "production": "production"}.items()
    }
    for dataset in datasets.values():
        dataset.log(
            names["keys"],
            files=names["images"],
            labels=names["labels"],
            probabilities=names["p"],
            classes=names["names"],
            embeddings=names["vectors"],
            model="cnn",
            version="2026-11",
            layer="fc2",
            quiet=True,
        )
    return {"client": client, "project": project, **datasets}
