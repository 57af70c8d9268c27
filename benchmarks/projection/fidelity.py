"""The four figures by which maps of the same vectors are compared. All are 0 ... 1, and 1 is best."""

from __future__ import annotations

import numpy as np
from scipy.spatial import KDTree
from sklearn.manifold import trustworthiness

NEIGHBORS = 15
VOTERS = 10
SAMPLED = 4000
QUERIES = 2000
TRIPLETS = 200_000
ROWS_A_CHUNK = 100_000


class Fidelity:
    """Measures maps of one data set, each on the same sample, by Euclidean distance between its vectors."""

    def __init__(self, vectors, labels, *, random_state=0):
        random = np.random.default_rng(random_state)
        n = len(vectors)
        self.vectors, self.labels = vectors, labels
        self.k = min(NEIGHBORS, (min(n, SAMPLED) - 1) // 2)
        self.sample = np.sort(random.permutation(n)[:SAMPLED])
        self.queries = np.sort(random.permutation(n)[:QUERIES])
        self.near = nearest(vectors, self.queries, self.k)
        self.triplets = random.integers(n, size=(3, TRIPLETS))

    def of(self, positions):
        """Measure one map."""
        sampled = self.vectors[self.sample].astype(np.float64)
        figures = {
            "trustworthiness": float(trustworthiness(sampled, positions[self.sample], n_neighbors=self.k)),
            "neighbours kept": self._kept(positions),
            "triplets": self._triplets(positions),
        }
        if self.labels is not None:
            figures["label accuracy"] = self._labels_told(positions)
        return {name: round(value, 4) for name, value in figures.items()}

    def _kept(self, positions):
        found = KDTree(positions).query(positions[self.queries], k=self.k + 1)[1]
        shared = sum(
            len(np.intersect1d(wanted, row[row != query][: self.k]))
            for query, wanted, row in zip(self.queries, self.near, found, strict=True)
        )
        return shared / (self.k * len(self.queries))

    def _triplets(self, positions):
        """How often the nearer of two others is the nearer one on the map too."""
        a, b, c = self.triplets
        among = _closer(self.vectors, a, b, c)
        return float(np.mean(among == _closer(positions, a, b, c)))

    def _labels_told(self, positions):
        """How often most of the ten nearest other points on the map have a point's label."""
        found = KDTree(positions).query(positions[self.queries], k=VOTERS + 1)[1]
        voters = np.array([row[row != query][:VOTERS] for query, row in zip(self.queries, found, strict=True)])
        votes = np.zeros((len(voters), int(self.labels.max()) + 1), dtype=np.int32)
        np.add.at(votes, (np.arange(len(voters))[:, None], self.labels[voters]), 1)
        return float(np.mean(votes.argmax(axis=1) == self.labels[self.queries]))


def nearest(vectors, queries, k):
    """The k nearest other vectors of each query, exactly."""
    asked = vectors[queries].astype(np.float32)
    best = np.full((len(queries), k), np.inf, dtype=np.float32)
    rows = np.zeros((len(queries), k), dtype=np.int64)
    for start in range(0, len(vectors), ROWS_A_CHUNK):
        chunk = vectors[start : start + ROWS_A_CHUNK].astype(np.float32)
        squares = (chunk**2).sum(1) - 2 * asked @ chunk.T
        inside = (queries >= start) & (queries < start + len(chunk))
        squares[np.flatnonzero(inside), queries[inside] - start] = np.inf
        joined = np.concatenate([best, squares], axis=1)
        names = np.concatenate([rows, np.broadcast_to(np.arange(start, start + len(chunk)), squares.shape)], axis=1)
        chosen = np.argpartition(joined, k - 1, axis=1)[:, :k]
        best, rows = np.take_along_axis(joined, chosen, 1), np.take_along_axis(names, chosen, 1)
    return rows


def _closer(points, a, b, c):
    near = np.empty(len(a), dtype=bool)
    for start in range(0, len(a), 20_000):
        some = slice(start, start + 20_000)
        to_b = ((points[a[some]] - points[b[some]]) ** 2).sum(1)
        near[some] = to_b < ((points[a[some]] - points[c[some]]) ** 2).sum(1)
    return near
