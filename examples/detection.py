"""Detection from end to end: images, true and predicted boxes, matching, quality, and a map of all objects.

    python examples/detection.py

Draws its own pictures, so it needs no download; takes about a minute. Where to: CHROMA_URL and CHROMA_TOKEN, or
`chroma-sdk login`.
"""

from __future__ import annotations

import argparse
import sys

import chroma_sdk as chroma
import numpy as np
from shapes import CLASSES, SIZE, Boxes, Network, draw, find

PICTURES = {"training": 120, "test": 80}
WRONG_LABELS = 0.03


def main() -> None:
    """Do everything, and print the address of the map."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--project", default="Shapes")
    parser.add_argument("--method", default="umap", help="of the map: umap or pca")
    options = parser.parse_args()
    with chroma.Client() as client:
        show(client.project(options.project), options.method)


def show(project: chroma.Project, method: str) -> None:
    """Log, match, score and project."""
    rng = np.random.default_rng(0)
    drawn = {kind: draw(n, rng) for kind, n in PICTURES.items()}
    network = Network(*drawn["training"])
    for kind, (pictures, truth) in drawn.items():
        log(project.dataset(kind, kind=kind), pictures, truth, network, rng)

    training, test = project.dataset("training"), project.dataset("test")
    for dataset in (training, test):
        matched = project.match_objects(dataset, model="detector", iou_threshold=0.5)
        print(f"{dataset.name}: {counts(matched)}")
    quality = project.run_class_quality(training, [training, test], model="detector", layer="objects")
    keys, scores = quality.scores(test, "quality")
    print(f"least like their class: {', '.join(np.array(keys)[np.argsort(scores)[:3]])}")
    made = project.run_projection([training, test], method=method, layer="objects", role="object", seed=0)
    print(made.url)


def log(
    dataset: chroma.Dataset, pictures: np.ndarray, truth: Boxes, network: Network, rng: np.random.Generator
) -> None:
    """Log pictures, what is in them, and what the detector makes of them."""
    keys = np.array([f"picture-{number:03d}" for number in range(len(pictures))])
    print(f"{dataset.name}: {dataset.log(keys, files=pictures)}")
    is_wrong = rng.random(len(truth.classes)) < WRONG_LABELS
    labels = np.where(is_wrong, rng.choice(CLASSES, len(truth.classes)), truth.classes)
    of_all = {"image_sizes": SIZE, "images": keys, "model": "detector", "version": "1"}
    report = dataset.log_objects(
        keys[truth.pictures], truth.boxes, labels=labels, embeddings=network.embeddings(pictures, truth), **of_all
    )
    print(f"{dataset.name}, true boxes: {report}")
    found = find(pictures)
    report = dataset.log_objects(
        keys[found.pictures],
        found.boxes,
        probabilities=network.probabilities(pictures, found),
        classes=CLASSES,
        embeddings=network.embeddings(pictures, found),
        **of_all,
    )
    print(f"{dataset.name}, predicted boxes: {report}")


def counts(matched: chroma.Analysis) -> str:
    """Say how many were matched, missed and spurious."""
    names = ("matched", "missed", "spurious")
    return ", ".join(f"{matched.summary[f'{name}_count']:,} {name}" for name in names)


if __name__ == "__main__":
    try:
        main()
    except chroma.ChromaError as problem:
        sys.exit(str(problem))
