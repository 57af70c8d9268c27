"""What the methods cost, by n vectors of d dimensions: coefficients fitted to measurements.

`benchmarks/projection_costs.py` measures and fits them; all are seconds of one core.
"""

from __future__ import annotations

from math import log10
from typing import Any

from apps.projections.methods.method import Cost

# Neighbours: all distances of n² pairs, or a descent whose cost grows with n, its logarithm, k and d.
EXACT = 6.0e-11
DESCENT, DESCENT_BASE = 9.0e-9, 150.0
# Our layout, for each neighbour and epoch; the start, for each vector.
LAYOUT = 1.3e-8
SPECTRAL = 1.0e-5
UMAP_LEARN = 3.0e-7
UMAP_LEARN_START = 12.0
DENSITY = 1.6
# t-SNE: trees for each vector and its logarithm, and the interpolation grid; both for each iteration.
TREE = 5.0e-7
GRID, GRID_BASE = 4.0e-6, 2.0e-2
MOST_IN_TREE = 10_000
EARLY = 250
# PaCMAP: each pair and iteration; drawing pairs, for each and d; its kernels' load.
PAIR = 6.0e-9
DRAWING = 5.0e-7
LOCAL = 1.4
PACMAP_START = 3.0
PACMAP_ITERATIONS = 450
# PCA: reading, and products of d² for each vector, or of d for each of some passes.
READING = 2.0e-9
COVARIANCE = 6.0e-11
# Figures and the share of kept neighbours.
MEASURING, MEASURING_BASE = 6.0e-6, 0.4
# Neighbours that a map is measured by, where its method looks at none.
FOR_MEASURING = 16
FEW = 10_000
BYTES = 4


def umap(n: int, d: int, parameters: dict[str, Any]) -> Cost:
    k = parameters["n_neighbors"]
    epochs = parameters["n_epochs"] or (500 if n <= FEW else 200)
    if parameters.get("engine") == "umap-learn":
        layout = Cost(0, UMAP_LEARN_START + UMAP_LEARN * n * k * epochs, 60.0 * n * k)
    else:
        if parameters.get("mode") == "fast":
            epochs /= 2
        layout = Cost((LAYOUT * k * epochs + SPECTRAL) * n, 0.1, 40.0 * n * k)
    return _neighbors(n, d, k) + layout + _measuring(n, d)


def densmap(n: int, d: int, parameters: dict[str, Any]) -> Cost:
    k = parameters["n_neighbors"]
    epochs = parameters["n_epochs"] or (500 if n <= FEW else 200)
    layout = Cost(0, UMAP_LEARN_START + DENSITY * UMAP_LEARN * n * k * epochs, 80.0 * n * k)
    return _neighbors(n, d, k) + layout + _measuring(n, d)


def tsne(n: int, d: int, parameters: dict[str, Any]) -> Cost:
    k = 3 * parameters["perplexity"]
    iterations = EARLY + parameters["n_iter"]
    if n <= MOST_IN_TREE or parameters["n_components"] > 2:
        step = TREE * n * max(1.0, log10(n)) * (1 + k / 90)
    else:
        step = GRID_BASE + GRID * n * (1 + k / 90) / 2
    # Seeded, as maps usually are, it uses one thread.
    return _neighbors(n, d, k) + Cost(0, iterations * step, 40.0 * n * k) + _measuring(n, d)


def pacmap(n: int, d: int, parameters: dict[str, Any], factor: float = 1.0) -> Cost:
    near = near_pairs(n, parameters)
    pairs = 3.5 * near
    drawing = DRAWING * n * near * min(d, 100) / 10
    layout = Cost(0, PACMAP_START + drawing + factor * PAIR * n * pairs * PACMAP_ITERATIONS, 12.0 * n * pairs)
    return _neighbors(n, d, near + 50) + layout + _components(n, d) + _measuring(n, d)


def localmap(n: int, d: int, parameters: dict[str, Any]) -> Cost:
    return pacmap(n, d, parameters, LOCAL)


def pca(n: int, d: int, parameters: dict[str, Any]) -> Cost:
    return _components(n, d) + _neighbors(n, d, FOR_MEASURING) + _measuring(n, d)


def near_pairs(n: int, parameters: dict[str, Any]) -> int:
    """How many near pairs of each vector PaCMAP takes."""
    given = parameters.get("n_neighbors")
    return int(given) if given is not None else 10 if n <= FEW else round(10 + 15 * (log10(n) - 4))


def _components(n: int, d: int) -> Cost:
    return Cost(n * d * (COVARIANCE * min(d, 400) + READING), 0.1, 8.0 * min(d, 4096) ** 2)


def _neighbors(n: int, d: int, k: float) -> Cost:
    descent = DESCENT * n * log10(max(n, 10)) * k * (d + DESCENT_BASE)
    return Cost(min(EXACT * n * n * d, descent), 0.1, 8.0 * n * k + BYTES * n * d)


def _measuring(n: int, d: int) -> Cost:
    return Cost(MEASURING * n, MEASURING_BASE, BYTES * 2000 * 2000 * 6 + BYTES * n * d)
