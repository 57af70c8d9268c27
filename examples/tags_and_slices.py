"""A round of curation from a script: find, tag, save as a slice, correct, export.

    python examples/tags_and_slices.py

Logs scikit-learn's digits first, one label in fifty wrong, so that there is something to find. Where to: CHROMA_URL and
CHROMA_TOKEN, or `chroma-sdk login`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import chroma_sdk as chroma
import numpy as np
import pyarrow.parquet as pq
from digits import digits_seen_by_a_network


def main() -> None:
    """Do the whole round in a project of its own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--project", default="Curation")
    options = parser.parse_args()
    with chroma.Client() as client:
        curate(client.project(options.project))


def curate(project: chroma.Project) -> None:
    """Find, tag, save, correct and export."""
    if project.datasets():
        sys.exit(f"{project.full_name} holds something already. Choose another name with --project.")
    held_out, truth = log_with_wrong_labels(project)

    # A rule, evaluated anew each time: label and model disagree, although the model is rather sure.
    suspects = project.create_slice(
        "suspects",
        filters=[
            {"field": "agreement:mlp 1", "only": ["disagree"]},
            {"field": "confidence:mlp 1", "range": [0.5, None]},
        ],
    )
    keys = suspects.keys()
    print(f"{suspects}, such as {', '.join(keys[:3])}")

    # Tags are for people: put on in bulk, found again by name.
    held_out.tag("look again", keys=keys)
    wrong = {point.key: truth[point.key] for point in held_out.datapoints(tag="look again")}
    wrong = {key: label for key, label in wrong.items() if held_out.datapoint(key).label != label}
    held_out.untag("look again", keys=[key for key in keys if key not in wrong])
    print(f"{len(wrong)} of them are wrong: {project.tag('look again')}")

    # Corrections keep who, when and why, and survive when the old labels are logged again.
    found = project.create_slice("found wrong", keys={held_out: wrong}, description="labels that were corrected")
    print(f"{held_out.set_labels(wrong, why='the model was right')} labels corrected; suspects now: {suspects.keys()}")
    with tempfile.TemporaryDirectory() as folder:
        table = pq.read_table(project.export(Path(folder) / "corrected.parquet", slice=found))
    print(table.select(["key", "logged_label", "label", "label_why"]).slice(0, 3).to_pylist())


def log_with_wrong_labels(project: chroma.Project) -> tuple[chroma.Dataset, dict[str, str]]:
    """Log the half of the digits that the network did not learn from; return it and the true labels by key."""
    digits = digits_seen_by_a_network()
    rows = digits.halves["production"]
    keys = [f"digit-{row:04d}" for row in rows]
    truth = np.array(digits.labels)[rows]
    labels = truth.copy()
    is_wrong = np.random.default_rng(0).random(len(labels)) < 1 / 50
    labels[is_wrong] = [str((int(label) + 3) % 10) for label in labels[is_wrong]]
    held_out = project.dataset("held out", kind="test")
    report = held_out.log(
        keys,
        files=digits.images[rows],
        labels=labels,
        probabilities=digits.probabilities[rows],
        classes=digits.classes,
        embeddings=digits.activations[rows],
        model="mlp",
        version="1",
        layer="hidden2",
    )
    print(f"{report}; {is_wrong.sum()} labels are wrong")
    return held_out, dict(zip(keys, truth.tolist(), strict=True))


if __name__ == "__main__":
    try:
        main()
    except chroma.ChromaError as problem:
        sys.exit(str(problem))
