"""Logs a few hundred digits into a project, as a person's own script would."""

from __future__ import annotations

import sys

import chroma_sdk as chroma
from sklearn.datasets import load_digits

COUNT = 300


def main() -> None:
    """Log the images, labels, guesses and pixel vectors of the first digits."""
    digits = load_digits()
    labels = [str(label) for label in digits.target[:COUNT]]
    guesses = ["8" if row % 10 == 0 else label for row, label in enumerate(labels)]
    with chroma.Client() as client:
        project = client.project(sys.argv[1], create=False)
        report = project.dataset("train", kind="training").log(
            keys=[f"digit-{row:04}" for row in range(COUNT)],
            files=[(image * 15.9).astype("uint8") for image in digits.images[:COUNT]],
            labels=labels,
            inferences=guesses,
            confidences=[0.55 if row % 10 == 0 else 0.95 for row in range(COUNT)],
            embeddings=digits.data[:COUNT].astype("float32"),
            model="pixels",
            version="1",
            layer="raw",
        )
    print(report.added)


main()
