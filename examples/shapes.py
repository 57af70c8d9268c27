"""Pictures of discs, squares and crosses, drawn here, and a small detector that finds most of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage
from sklearn.neural_network import MLPClassifier

CLASSES = ["cross", "disc", "square"]
SIZE = (128, 96)  # width, height
CROP = 14


@dataclass
class Boxes:
    """Boxes in some pictures, and what is known of each."""

    pictures: np.ndarray  # the number of the picture that each lies in
    boxes: np.ndarray  # x, y, width, height in pixels
    classes: np.ndarray


def draw(n: int, rng: np.random.Generator) -> tuple[np.ndarray, Boxes]:
    """Draw n pictures with three to eight shapes each; shapes may overlap, and some specks mean nothing."""
    width, height = SIZE
    pictures = rng.normal(40, 6, (n, height, width, 3))
    pictures_of, boxes, classes = [], [], []
    for number in range(n):
        for kind in rng.choice(CLASSES, rng.integers(3, 9)):
            size = int(rng.integers(12, 25))
            x, y = int(rng.integers(0, width - size)), int(rng.integers(0, height - size))
            colour = rng.integers(110, 230, 3)
            pictures[number, y : y + size, x : x + size][shape(kind, size)] = colour
            pictures_of.append(number)
            boxes.append((x, y, size, size))
            classes.append(kind)
        for _ in range(rng.poisson(0.7)):
            x, y = rng.integers(0, width - 7), rng.integers(0, height - 7)
            pictures[number, y : y + 6, x : x + 7] = rng.integers(100, 200)
    pictures = np.clip(pictures + rng.normal(0, 5, pictures.shape), 0, 255).astype(np.uint8)
    return pictures, Boxes(np.array(pictures_of), np.array(boxes), np.array(classes))


def shape(kind: str, size: int) -> np.ndarray:
    """Return the mask of a shape that fills a square."""
    y, x = np.mgrid[-1 : 1 : size * 1j, -1 : 1 : size * 1j]
    if kind == "disc":
        return x**2 + y**2 <= 1
    if kind == "cross":
        return (np.abs(x) < 0.35) | (np.abs(y) < 0.35)
    return np.ones((size, size), dtype=bool)


def find(pictures: np.ndarray) -> Boxes:
    """Find what stands out of the background: shapes that touch become one box."""
    pictures_of, boxes = [], []
    for number, picture in enumerate(pictures):
        parts, _ = ndimage.label(picture.mean(axis=2) > 75)
        for rows, columns in ndimage.find_objects(parts):
            width, height = columns.stop - columns.start, rows.stop - rows.start
            if min(width, height) >= 5:
                pictures_of.append(number)
                boxes.append((columns.start, rows.start, width, height))
    return Boxes(np.array(pictures_of), np.array(boxes), np.empty(len(boxes), dtype=object))


class Network:
    """A network with one hidden layer that sees what is in a box."""

    def __init__(self, pictures: np.ndarray, truth: Boxes) -> None:
        self._network = MLPClassifier((48,), max_iter=120, random_state=0, early_stopping=True)
        self._network.fit(crops(pictures, truth), truth.classes)

    def probabilities(self, pictures: np.ndarray, boxes: Boxes) -> np.ndarray:
        """Return how sure it is of each class."""
        return self._network.predict_proba(crops(pictures, boxes))

    def embeddings(self, pictures: np.ndarray, boxes: Boxes) -> np.ndarray:
        """Return the activations of the hidden layer."""
        hidden = crops(pictures, boxes) @ self._network.coefs_[0] + self._network.intercepts_[0]
        return np.maximum(hidden, 0).astype(np.float32)


def crops(pictures: np.ndarray, boxes: Boxes) -> np.ndarray:
    """Return what lies in each box, in grey and of one size, as a row of numbers."""
    rows = []
    for number, (x, y, width, height) in zip(boxes.pictures, boxes.boxes, strict=True):
        across = x + np.arange(CROP) * width // CROP
        down = y + np.arange(CROP) * height // CROP
        rows.append(pictures[number][np.ix_(down, across)].mean(axis=2).ravel() / 255)
    return np.array(rows)
