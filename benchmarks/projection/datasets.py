"""The vectors that projections are compared on, by name.

`digits` comes with scikit-learn; `clustered-20000x512` and the like are made up; any other name is a folder in
CHROMA_EXAMPLE_DATA with vectors.npy and, if it has labels, a column `label` in table.parquet.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from clustered import clustered
from sklearn.datasets import load_digits


@dataclass(frozen=True)
class DataSet:
    """Vectors, and the class of each where it is known."""

    name: str
    vectors: np.ndarray
    labels: np.ndarray | None


def load(name):
    """Load or make a data set."""
    if name == "digits":
        digits = load_digits()
        return DataSet(name, digits.data.astype(np.float32), digits.target.astype(np.int32))
    if made_up := re.fullmatch(r"clustered-(\d+)x(\d+)", name):
        return DataSet(name, *clustered(int(made_up[1]), int(made_up[2])))
    folder = Path(os.environ["CHROMA_EXAMPLE_DATA"]) / name
    return DataSet(name, np.load(folder / "vectors.npy").astype(np.float32), _labels(folder / "table.parquet"))


def example_names():
    """Name the folders in CHROMA_EXAMPLE_DATA that hold vectors; none where it is not set."""
    given = os.environ.get("CHROMA_EXAMPLE_DATA")
    return sorted(path.parent.name for path in Path(given).glob("*/vectors.npy")) if given else []


def _labels(table):
    if not table.exists() or "label" not in pq.read_schema(table).names:
        return None
    return np.unique(
        np.array(pq.read_table(table, columns=["label"])["label"].to_pylist(), dtype=str), return_inverse=True
    )[1].astype(np.int32)
