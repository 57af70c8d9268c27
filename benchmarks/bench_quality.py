"""How well quality finds the errors of a model, beside the model's own confidence; and matching beside a given match.

    python benchmarks/bench_quality.py

Reads `mnist` and `bccd` below the folder in CHROMA_EXAMPLE_DATA: `vectors.npy`, and `table.parquet` with one row a
vector (label, prediction, confidence, split; for boxes also image_id, kind, x0, y0, x1, y1, iou, status). Without it,
scikit-learn's digits and a small network trained on half of them. AUROC is the chance that a wrong inference is ranked
before a right one: 1 is perfect, 0.5 is chance.
"""

from __future__ import annotations

import os
from pathlib import Path
from time import perf_counter

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray
from scipy.stats import rankdata
from sklearn.datasets import load_digits
from sklearn.metrics import roc_auc_score
from sklearn.neural_network import MLPClassifier

from apps.analysis.compute.class_quality import class_quality
from apps.analysis.compute.match_boxes import match_boxes

Strings = NDArray[np.object_]


def main() -> None:
    """Measure what is there."""
    folder = os.environ.get("CHROMA_EXAMPLE_DATA")
    if folder is None:
        digits()
        return
    mnist(Path(folder) / "mnist")
    bccd(Path(folder) / "bccd")


def digits() -> None:
    """A network with one hidden layer of 32, trained on every other digit."""
    vectors, labels = load_digits(return_X_y=True)
    train = np.arange(len(labels)) % 2 == 0
    network = MLPClassifier((32,), max_iter=1000, random_state=0).fit(vectors[train] / 16, labels[train])
    hidden = np.maximum(vectors / 16 @ network.coefs_[0] + network.intercepts_[0], 0)
    shares = network.predict_proba(vectors / 16)
    inferred = network.classes_[shares.argmax(axis=1)]
    report("digits", hidden, codes_of(labels), codes_of(inferred), shares.max(axis=1), train, inferred != labels)


def mnist(folder: Path) -> None:
    """Trained on one half."""
    table, vectors = read(folder)
    label, inferred = table["label"], table["prediction"]
    names = np.unique(label)
    train = table["split"] == "train"
    codes, inferred_codes = np.searchsorted(names, label) + 1, np.searchsorted(names, inferred) + 1
    report("mnist", vectors, codes, inferred_codes, table["confidence"], train, label != inferred)


def bccd(folder: Path) -> None:
    """Boxes that a detector found: labelled by matching; an error is a box without a partner or of another class."""
    table, vectors = read(folder)
    is_found = table["kind"] == "prediction"
    names = np.array(["Platelets", "RBC", "WBC"])
    label = np.array([np.flatnonzero(names == name)[0] + 1 if name else 0 for name in table["label"]])
    inferred = np.array([np.flatnonzero(names == name)[0] + 1 if name else 0 for name in table["prediction"]])
    partner = compare_matches(table, is_found)
    truth = np.where(is_found, np.where(partner >= 0, label[partner], 0), label)
    train = table["split"] == "train"
    reference, targets = is_found & train, is_found & ~train
    wrong = truth != inferred
    report("bccd, found boxes", vectors, truth, inferred, table["confidence"], reference, wrong, targets)
    report("bccd, all boxes", vectors, truth, inferred, table["confidence"], train, wrong, targets)


def compare_matches(table: dict[str, Strings], is_found: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Match, print how that differs from the match in the file, and give each box's partner."""
    corners = np.column_stack([table[name] for name in ("x0", "y0", "x1", "y1")]).astype(float)
    boxes = np.column_stack([corners[:, :2], corners[:, 2:] - corners[:, :2]])
    images = np.unique(table["image_id"], return_inverse=True)[1]
    is_matched = table["status"] == "matched"
    for method in ("best_first", "hungarian"):
        start = perf_counter()
        partner, overlap = match_boxes(boxes, images, is_found, np.zeros(len(boxes), dtype=np.int64), method=method).T
        seconds = perf_counter() - start
        differs = (partner >= 0) != is_matched
        other = np.abs(overlap - table["iou"].astype(float)) > 0.005
        print(
            f"bccd match, {method}: {len(boxes):,} boxes in {seconds:.2f} s; another status than in the file: "
            f"{differs[~is_found].sum()} of {(~is_found).sum():,} true and {differs[is_found].sum()} of "
            f"{is_found.sum():,} found boxes, in {len(np.unique(images[differs]))} images; another IoU: {other.sum()}"
        )
    return partner.astype(np.int64)


def report(
    name: str,
    vectors: NDArray[np.float32],
    truth: NDArray[np.int64],
    inferred: NDArray[np.int64],
    confidence: Strings,
    reference: NDArray[np.bool_],
    wrong: NDArray[np.bool_],
    targets: NDArray[np.bool_] | None = None,
) -> None:
    """Print the AUROC of quality, of confidence, and of the mean of their ranks, on the targets."""
    targets = ~reference if targets is None else targets
    places = np.full(int(targets.sum()), -1)
    start = perf_counter()
    scores = class_quality(vectors[reference], truth[reference], vectors[targets], inferred[targets], places)
    seconds = perf_counter() - start
    doubt = {
        "quality": -scores[:, 1],
        "distance": scores[:, 0],
        "confidence": -confidence[targets].astype(float),
    }
    doubt["both"] = rankdata(doubt["quality"]) + rankdata(doubt["confidence"])
    figures = ", ".join(f"{score} {roc_auc_score(wrong[targets], values):.3f}" for score, values in doubt.items())
    low = (scores[~wrong[targets], 1] < 5).mean()
    counts = f"reference {reference.sum():,}, targets {targets.sum():,}, {wrong[targets].sum():,} of them wrong"
    print(f"{name}: {counts}; AUROC {figures}; quality below 5 %: {low:.1%} of the right ones; {seconds:.1f} s")


def read(folder: Path) -> tuple[dict[str, Strings], NDArray[np.float32]]:
    """The table's columns, and the vectors."""
    table = pq.read_table(folder / "table.parquet").to_pydict()
    return {name: np.array(values, dtype=object) for name, values in table.items()}, np.load(folder / "vectors.npy")


def codes_of(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Digits as classes; 0 would mean that there is none."""
    return labels.astype(np.int64) + 1


if __name__ == "__main__":
    main()
