"""Logs the digits from one number to another as vectors, into the project named first."""

from __future__ import annotations

import sys

import chroma_sdk as chroma
from sklearn.datasets import load_digits


def main() -> None:
    """Log them."""
    first, last = int(sys.argv[2]), int(sys.argv[3])
    digits = load_digits()
    with chroma.Client() as client:
        client.project(sys.argv[1]).dataset("train", kind="training").log(
            keys=[f"digit-{row:04}" for row in range(first, last)],
            labels=[str(label) for label in digits.target[first:last]],
            embeddings=digits.data[first:last],
            model="pixels",
            version="1",
            layer="raw",
        )


main()
