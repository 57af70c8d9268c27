"""Logs a few vectors that have inferences and no labels, of which no analysis can learn anything."""

from __future__ import annotations

import sys

import chroma_sdk as chroma
import numpy as np


def main() -> None:
    """Log three datapoints."""
    with chroma.Client() as client:
        dataset = client.project(sys.argv[1], create=False).dataset("production", kind="production")
        origin = {"model": "cnn", "version": "1", "layer": "fc", "quiet": True}
        dataset.log(keys=["a", "b", "c"], inferences=["1", "7", "1"], embeddings=np.eye(3, dtype="float32"), **origin)


main()
