"""Made-up vectors that look like a trained model's: clusters on curved sheets, in heavy noise."""

from __future__ import annotations

import numpy as np

ROWS_A_CHUNK = 50_000


def clustered(n, dimension, *, n_clusters=40, sheet_dimension=6, noise=0.45, random_state=0):
    """Make vectors of length 1 and the number of the cluster of each.

    Each cluster is a sheet of `sheet_dimension` dimensions, bent by a sine and turned at random into the space, about a
    centre of its own; clusters differ in size. Noise of the same strength in all directions is added before the
    vectors are scaled to length 1, so that of each vector's nearest neighbours some are near by chance.

    Returns
    -------
    vectors : ndarray of shape (n, dimension) and dtype float32
    labels : ndarray of shape (n,) and dtype int32
    """
    random = np.random.default_rng(random_state)
    sizes = random.dirichlet(np.full(n_clusters, 3.0))
    labels = random.choice(n_clusters, size=n, p=sizes).astype(np.int32)
    centres = random.normal(size=(n_clusters, dimension)).astype(np.float32)
    turns = random.normal(size=(n_clusters, 2 * sheet_dimension, dimension)).astype(np.float32) / np.sqrt(
        sheet_dimension
    )
    vectors = np.empty((n, dimension), dtype=np.float32)
    for start in range(0, n, ROWS_A_CHUNK):
        some = labels[start : start + ROWS_A_CHUNK]
        sheet = random.uniform(-1, 1, size=(len(some), sheet_dimension)).astype(np.float32)
        bent = np.concatenate([sheet, np.sin(3 * sheet)], axis=1)
        chunk = noise * random.standard_normal(size=(len(some), dimension), dtype=np.float32)
        chunk += 0.6 * centres[some]
        for cluster in np.unique(some):
            members = some == cluster
            chunk[members] += bent[members] @ turns[cluster]
        vectors[start : start + len(some)] = chunk / np.linalg.norm(chunk, axis=1, keepdims=True)
    return vectors, labels
