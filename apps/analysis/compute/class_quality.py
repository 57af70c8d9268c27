"""How well a datapoint's vector fits the class that it was inferred to be."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.analysis.compute.calibration import calibrate
from apps.analysis.compute.groups import Codes, Groups
from apps.analysis.compute.reference import NO_CLASS, Question, Reference
from apps.analysis.compute.space import Vector, chunks
from apps.common.compute.progress import Callback, report


def class_quality(
    reference: NDArray[Any],
    classes: Codes,
    targets: NDArray[Any],
    inferred: Codes,
    places: Codes,
    *,
    callback: Callback | None = None,
) -> NDArray[np.float64]:
    """Measure how far each target lies from the class that it was inferred to be, and how usual that is.

    The distance is relative: with m the Mahalanobis distance to the inferred class and a that to the nearest
    alternative, it is m² / (m² + a²): 0 at the centre of the class, 0.5 half-way, above that nearer to something else.
    Alternatives are the three other groups whose means are nearest: classes, and what has no class (such as boxes
    around nothing) where 20 vectors or more have none. Where there is no alternative, a² is the number of
    dimensions, which m² is on average for members of a class. The plain distance m ranks wrong inferences far worse: a
    vector between two classes may be usual for both, and one of a dense class is near everything.

    The covariance of each class is that of its members and of twice as many imaginary ones as there are dimensions,
    which spread like the members of all classes around their means; that pooled covariance is shrunk by Ledoit and
    Wolf's rule. So any class with one member or more can be measured against, also with fewer vectors than dimensions,
    and with columns that are constant. Columns are scaled to equal spread first.

    A target that is itself in the reference is measured against its group without it, so that it cannot speak for
    itself. Only the pooled covariance still holds it, which shows where there are fewer vectors than dimensions: then
    the quality of fresh vectors is somewhat lower, by some ten points at worst.

    Parameters
    ----------
    reference : ndarray of shape (n, d)
        Finite floats of any precision. They are read in chunks, so a memory map will do.
    classes : ndarray of shape (n,) and dtype int64
        The class of each; 0 where it is known to be of none. Some class must have two members.
    targets : ndarray of shape (m, d)
        Finite floats; read in chunks as well.
    inferred : ndarray of shape (m,) and dtype int64
        The class that each was inferred to be: one of the reference's.
    places : ndarray of shape (m,) and dtype int64
        The row of the reference that this target is; -1 where it is none. None may be the only member of the class that
        it was inferred to be.
    callback : callable or None, default=None
        Called as ``callback(phase, fraction, positions)``; returning False cancels.

    Returns
    -------
    ndarray of shape (m, 2)
        The relative distance, 0 … 1, and the quality, 0 … 100: how many per cent of the reference's own members of the
        class lie farther out, each measured against the others. Within a class it falls strictly with the distance.

    Raises
    ------
    ValueError
        Where the arrays cannot be used.
    Cancelled
        Where the callback returned False.

    References
    ----------
    K. Lee et al., "A simple unified framework for detecting out-of-distribution samples and adversarial attacks",
    NeurIPS 2018 (Mahalanobis distance to classes of embeddings).
    J. Ren et al., "A simple fix to Mahalanobis distance for improving near-OOD detection", 2021 (why it is relative).
    J. H. Friedman, "Regularized discriminant analysis", Journal of the American Statistical Association 84 (1989).
    O. Ledoit, M. Wolf, "A well-conditioned estimator for large-dimensional covariance matrices", Journal of
    Multivariate Analysis 88 (2004).
    """
    codes, counts = np.unique(classes[classes != NO_CLASS], return_counts=True)
    _check(codes, counts, classes, inferred, places)
    if not len(targets):
        return np.zeros((0, 2))
    groups = Reference(reference, classes, callback)
    known = np.flatnonzero(np.isin(classes, codes[counts > 1]))
    questions = [
        Question(reference, known, classes[known], known),
        Question(targets, np.arange(len(targets)), inferred, places),
    ]
    usual, distances = _relative_distances(groups, questions, callback)
    return np.column_stack([distances, calibrate(usual, classes[known], distances, inferred)])


class _Answer:
    """Squared distances of the asked vectors: to their own class, and to the nearest alternative."""

    def __init__(self, groups: Reference, question: Question) -> None:
        self.question = question
        others = groups.nearest_others(question)
        self._by_own, self._by_other = Groups(question.classes), Groups(others.ravel())
        self._others: int = others.shape[1]
        self._own = np.full(len(question.rows), np.inf)
        # With nothing to choose from, the alternative is what is usual: a member's squared distance is d on average.
        self._other = np.full(len(question.rows), np.inf if self._others else float(groups.dimension))

    @property
    def work(self) -> int:
        return len(self._own) * (1 + self._others)

    def asked_of(self, code: int) -> list[tuple[NDArray[np.int64], Vector]]:
        """Who must be measured against a group, and where the result goes."""
        asked = [(self._by_own.rows_of(code), self._own)]
        if self._others:
            asked.append((self._by_other.rows_of(code) // self._others, self._other))
        return asked

    def relative(self) -> Vector:
        both = self._own + self._other
        result: Vector = np.divide(self._own, both, out=np.full(len(both), 0.5), where=both > 0)
        return result


def _relative_distances(groups: Reference, questions: list[Question], callback: Callback | None) -> list[Vector]:
    """Each group is made once, and then answers all who ask for it: as their own class, or as another one."""
    answers = [_Answer(groups, question) for question in questions]
    total, done = sum(answer.work for answer in answers), 0
    for code in groups.codes.tolist():
        asked = [(answer.question, *pair) for answer in answers for pair in answer.asked_of(code) if len(pair[0])]
        if not asked:
            continue
        spread = groups.spread_of(code)
        for question, rows, result in asked:
            for some in chunks(len(rows), groups.dimension):
                report(callback, "Measuring distances", done / total)
                at = rows[some]
                result[at] = np.minimum(result[at], groups.squared_distances(spread, question, at))
                done += len(at)
    return [answer.relative() for answer in answers]


def _check(codes: Codes, counts: Codes, classes: Codes, inferred: Codes, places: Codes) -> None:
    if not (counts > 1).any():
        raise ValueError("No class of the reference has two labelled datapoints: nothing says how far apart they lie.")
    if not np.isin(inferred, codes).all():
        raise ValueError("A target was inferred to be of a class that the reference does not hold.")
    is_alone = (places >= 0) & (classes[places] == inferred) & (counts[np.searchsorted(codes, inferred)] == 1)
    if is_alone.any():
        raise ValueError("A target is the only member of its class in the reference: there is nothing to compare with.")
