"""The digits that scikit-learn brings along, and a small network that learned half of them."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from sklearn.datasets import load_digits
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier


@dataclass(frozen=True)
class Digits:
    """Images of shape (n, 8, 8) from 0 to 1 and what the network says of them; `halves` are rows by dataset kind."""

    images: np.ndarray
    labels: list[str]
    is_labelled: np.ndarray
    halves: dict[str, np.ndarray]
    classes: list[str]
    probabilities: np.ndarray
    activations: np.ndarray
    ink: np.ndarray


def digits_seen_by_a_network() -> Digits:
    """Train on the first half; return probabilities and the activations of the last hidden layer for both."""
    bunch = load_digits()
    pixels = bunch.data / 16
    n = len(pixels)
    order = np.random.default_rng(0).permutation(n)
    training, production = np.sort(order[: n // 2]), np.sort(order[n // 2 :])

    network = MLPClassifier(hidden_layer_sizes=(64, 32), max_iter=40, random_state=0)
    with warnings.catch_warnings():
        # Stopped early on purpose: a network that errs now and then has more to show.
        warnings.simplefilter("ignore", ConvergenceWarning)
        network.fit(pixels[training], bunch.target[training])

    is_labelled = np.ones(n, dtype=bool)
    is_labelled[production[::4]] = False
    return Digits(
        images=pixels.reshape(n, 8, 8),
        labels=[str(target) for target in bunch.target],
        is_labelled=is_labelled,
        halves={"training": training, "production": production},
        classes=[str(target) for target in network.classes_],
        probabilities=network.predict_proba(pixels).astype(np.float32),
        activations=last_hidden_layer(network, pixels).astype(np.float32),
        ink=pixels.mean(axis=1).round(4),
    )


def last_hidden_layer(network: MLPClassifier, inputs: np.ndarray) -> np.ndarray:
    """Run the inputs through all layers but the last."""
    values = inputs
    for weights, bias in zip(network.coefs_[:-1], network.intercepts_[:-1], strict=True):
        values = np.maximum(values @ weights + bias, 0)
    return values
