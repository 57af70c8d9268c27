"""Logs what a map is made of while somebody watches: digits with labels, or the pictures of a folder."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import chroma_sdk as chroma
import numpy as np
import pyarrow.parquet as pq
from sklearn.datasets import load_digits


def main() -> None:
    """Log into the project named first: the folder named second, digits without one. Print the embedding set's id."""
    with chroma.Client() as client:
        project = client.project(sys.argv[1])
        dataset = project.dataset("train", kind="training")
        if len(sys.argv) > 2:
            log_folder(dataset, Path(sys.argv[2]))
        else:
            log_digits(dataset)


def log_digits(dataset: chroma.Dataset) -> None:
    """Every digit twice, the second time with a little noise: 3,594 datapoints."""
    digits = load_digits()
    noise = np.random.default_rng(0).normal(scale=0.5, size=digits.data.shape)
    vectors = np.concatenate([digits.data, digits.data + noise]).astype(np.float32)
    dataset.log(
        keys=[f"digit-{row:04}" for row in range(len(vectors))],
        labels=[str(label) for label in np.tile(digits.target, 2)],
        embeddings=vectors,
        model="pixels",
        version="1",
        layer="raw",
    )


def log_folder(dataset: chroma.Dataset, folder: Path) -> None:
    """A folder of `vectors.npy`, `table.parquet` and `images.zip`, as the documentation of examples describes it."""
    table = pq.read_table(folder / "table.parquet")
    with zipfile.ZipFile(folder / "images.zip") as images:
        files = [io.BytesIO(images.read(name)).getvalue() for name in table["resource"].to_pylist()]
    dataset.log(
        keys=[str(key) for key in table["id"].to_pylist()],
        files=files,
        labels=[None if label is None else str(label) for label in table["label"].to_pylist()],
        embeddings=np.load(folder / "vectors.npy"),
        model="cnn",
        version="1",
        layer="fc2",
    )


main()
