"""Logs digits of scikit-learn with one label in twenty wrong, and lets a model and the server judge them."""

from __future__ import annotations

import json
import sys

import chroma_sdk as chroma
import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import cross_val_predict
from sklearn.neighbors import KNeighborsClassifier

COUNT = 900
SHARE = 0.05


def main() -> None:
    """Log what a curator has: labels with errors in them, and what a model of them infers."""
    digits = load_digits()
    random = np.random.default_rng(7)
    wrong = random.choice(COUNT, round(SHARE * COUNT), replace=False)
    labels = digits.target[:COUNT].copy()
    labels[wrong] = (labels[wrong] + random.integers(1, 10, len(wrong))) % 10
    model = KNeighborsClassifier(10)
    probabilities = cross_val_predict(model, digits.data[:COUNT], labels, method="predict_proba")
    keys = [f"digit-{row:04}" for row in range(COUNT)]
    with chroma.Client() as client:
        project = client.project(sys.argv[1], create=True)
        dataset = project.dataset("scans", kind="training")
        dataset.log(
            keys=keys,
            files=[(image * 15.9).astype("uint8") for image in digits.images[:COUNT]],
            labels=[str(label) for label in labels],
            inferences=[str(guess) for guess in probabilities.argmax(axis=1)],
            confidences=probabilities.max(axis=1),
            embeddings=digits.data[:COUNT].astype("float32"),
            model="neighbours",
            version="1",
            layer="raw",
            quiet=True,
        )
        project.run_class_quality(dataset, [dataset], name="Quality")
        project.run_projection([dataset], method="pca", name="Scans", quiet=True)
    truth = {keys[row]: str(digits.target[row]) for row in wrong}
    print(json.dumps(truth))


main()
