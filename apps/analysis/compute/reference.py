"""The vectors that say what the classes are, and how far others lie from each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from apps.analysis.compute.groups import Codes, Groups
from apps.analysis.compute.space import Matrix, Vector, chunks, make_space
from apps.analysis.compute.spread import Spread, factor_of, ledoit_wolf, whitened
from apps.common.compute.progress import Callback, report

# The code of a vector that belongs to no class.
NO_CLASS = 0
# With fewer of them, those without a class are left out: they may well be members of classes whom nobody labelled.
FEWEST_WITHOUT_CLASS = 20
# How many imaginary members a group has for each dimension: enough to settle a covariance that the real ones do not.
IMAGINARY_MEMBERS = 2
# How many other groups a vector is measured against.
MOST_ALTERNATIVES = 3


@dataclass(frozen=True)
class Question:
    """Some rows of an array of vectors, the class of each, and where it stands in the reference (-1: nowhere)."""

    vectors: NDArray[Any]
    rows: NDArray[np.int64]
    classes: Codes
    places: Codes


class Reference:
    """Groups of vectors: one a class, and one of those without a class where they are many enough to be a kind.

    The covariance of a group is that of its members together with some imaginary ones, which spread like the members of
    all classes around their own means: what a group is too small to say, the others say.
    """

    def __init__(self, vectors: NDArray[Any], classes: Codes, callback: Callback | None) -> None:
        self._vectors, self._classes, self._callback = vectors, classes, callback
        self._space = make_space(vectors, callback)
        self._members = Groups(classes)
        self.codes, self._counts = np.unique(classes, return_counts=True)
        if self.codes[0] == NO_CLASS and self._counts[0] < FEWEST_WITHOUT_CLASS:
            self.codes, self._counts = self.codes[1:], self._counts[1:]
        self._means = self._group_means()
        self._pooled = self._pooled_covariance()

    @property
    def dimension(self) -> int:
        """How many numbers a vector has where distances are measured."""
        return self._space.dimension

    def nearest_others(self, question: Question) -> Codes:
        """Find the groups whose means are nearest by the pooled covariance, the own one apart: some for each vector."""
        count = min(MOST_ALTERNATIVES, len(self.codes) - 1)
        nearest: Codes = np.empty((len(question.rows), count), dtype=np.int64)
        if not count:
            return nearest
        factor = factor_of(self._pooled)
        means = whitened(factor, self._means)
        lengths = np.einsum("ij,ij->i", means, means)
        own = np.searchsorted(self.codes, question.classes)
        for some in chunks(len(own), max(self.dimension, len(means))):
            report(self._callback, "Finding the nearest other classes", some.start / len(own))
            placed = self._space.place(question.vectors[question.rows[some]])
            between = lengths - 2 * whitened(factor, placed) @ means.T
            between[np.arange(len(between)), own[some]] = np.inf
            nearest[some] = self.codes[np.argpartition(between, count - 1, axis=1)[:, :count]]
        return nearest

    def spread_of(self, code: int) -> Spread:
        """Measure how one group lies in space."""
        rows = self._members.rows_of(code)
        mean = self._means[np.searchsorted(self.codes, code)]
        imaginary = IMAGINARY_MEMBERS * self.dimension
        squares = imaginary * self._pooled
        for some in chunks(len(rows), self.dimension):
            placed = self._space.place(self._vectors[rows[some]]) - mean
            squares += placed.T @ placed
        freedom = len(rows) - 1 + imaginary
        return Spread(code, len(rows), freedom, mean, factor_of(squares / freedom))

    def squared_distances(self, spread: Spread, question: Question, some: NDArray[np.int64]) -> Vector:
        """Measure squared distances of some asked vectors to a group; of its members to the others in it."""
        places = question.places[some]
        is_member = (places >= 0) & (self._classes[places] == spread.code)
        return spread.squared_distances(self._space.place(question.vectors[question.rows[some]]), is_member)

    def _group_means(self) -> Matrix:
        n = len(self._vectors)
        sums: Matrix = np.zeros((len(self.codes), self.dimension))
        for rows in chunks(n, self.dimension):
            report(self._callback, "Measuring the classes", rows.start / n / 2)
            members, group = self._grouped(self._classes[rows], self.codes)
            into = csr_matrix((np.ones(len(members)), (group, members)), shape=(len(sums), rows.stop - rows.start))
            sums += into @ self._space.place(self._vectors[rows])
        means: Matrix = sums / self._counts[:, None]
        return means

    def _pooled_covariance(self) -> Matrix:
        """Measure the covariance around the classes' means.

        What has no class is of many kinds and does not count.
        """
        n, d = len(self._vectors), self.dimension
        squares, fourth_powers = np.zeros((d, d)), 0.0
        is_class = self.codes != NO_CLASS
        codes, means = self.codes[is_class], self._means[is_class]
        for rows in chunks(n, d):
            report(self._callback, "Measuring the classes", 0.5 + rows.start / n / 2)
            members, group = self._grouped(self._classes[rows], codes)
            apart = self._space.place(self._vectors[rows][members]) - means[group]
            squares += apart.T @ apart
            fourth_powers += float((np.einsum("ij,ij->i", apart, apart) ** 2).sum())
        count = int(self._counts[is_class].sum())
        # The means were estimated from the same vectors.
        unbiased = count / (count - len(codes))
        pooled: Matrix = unbiased * ledoit_wolf(squares, fourth_powers, count)
        return pooled

    @staticmethod
    def _grouped(classes: Codes, codes: Codes) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Say which of these vectors are in one of the groups, and in which."""
        members = np.flatnonzero(np.isin(classes, codes))
        return members, np.searchsorted(codes, classes[members])
