"""The layout: a start, improved by many small steps along the edges of the fuzzy graph."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.common.compute.progress import Callback, Counted, report
from apps.projections.compute.curve import tabulate_forces
from apps.projections.compute.forces import visit, visit_any
from apps.projections.compute.graph import Graph
from apps.projections.compute.schedule import Schedule, count_blocks, make_schedule
from apps.projections.compute.team import Team

PHASE = "Optimising the layout"
# Of a step along one axis, before it is scaled by the rate.
LARGEST_STEP = np.float32(4.0)
# Points that repel at a time: 256 KiB of them, of which most stay in the second-level cache.
SAMPLE = 2**15
SECONDS_A_FRAME = 0.1
LARGE = 200_000


def optimise_layout(
    graph: Graph,
    start: NDArray[np.float32],
    *,
    a: float,
    b: float,
    n_epochs: int,
    learning_rate: float = 1.0,
    random_state: int = 0,
    n_threads: int | None = None,
    callback: Callback | None = None,
) -> NDArray[np.float32]:
    """Move the points until near ones on the map are those that the graph joins.

    Stochastic gradient descent on the cross entropy of the memberships in the graph and on the map, by umap-learn's
    rule: in each epoch the edges whose turn it is are visited, an edge as often as its weight says; its ends move
    towards each other, and away from five vertices drawn by chance, each step at most 4 times the rate, which falls
    to 0.

    Parameters
    ----------
    graph : Graph
        Of n vertices.
    start : ndarray of shape (n, c)
        Finite positions; about 10 wide, as the steps are absolute.
    a, b : float
        The curve's parameters, from `fit_curve`.
    n_epochs : int
        How many times the edges are gone through.
    learning_rate : float, default=1.0
        The rate that the steps begin with.
    random_state : int, default=0
        The same seed gives the same positions, on any number of threads.
    n_threads : int or None, default=None
        None uses all processors.
    callback : callable or None, default=None
        Called as ``callback(phase, fraction, positions)``; returning False cancels, ``Wish.STOP_HERE`` ends the
        optimisation where it is.

    Returns
    -------
    ndarray of shape (n, c) and dtype float32

    References
    ----------
    L. McInnes, J. Healy, J. Melville, arXiv:1802.03426, section 3.2.
    """
    n, dimensions = start.shape
    blocks = count_blocks(n)
    random = np.random.default_rng(random_state)
    # By chance: points that are visited as they lie would move in waves, which costs the map some of its overall shape.
    ranks = random.permutation(n).astype(np.int32)
    schedule = make_schedule(graph, ranks, blocks)
    positions = np.empty((n, dimensions), dtype=np.float32)
    positions[ranks] = start
    forces = tabulate_forces(a, b)
    kernel = visit if dimensions == 2 else visit_any
    samples = _Samples(positions, blocks, random)
    shown = 0.0
    with Team(n_threads) as team:
        for epoch in range(n_epochs):
            is_shown = time.monotonic() - shown >= SECONDS_A_FRAME
            shown = time.monotonic() if is_shown else shown
            if report(callback, PHASE, Counted(epoch, n_epochs), positions[ranks] if is_shown else None):
                break
            rate = np.float32(learning_rate * (1 - epoch / n_epochs))
            how = (rate * LARGEST_STEP, rate * forces.attraction, rate * forces.repulsion)
            for turned in (False, True):
                key = random.integers(2**64, dtype=np.uint64)
                step = partial(_step, kernel, positions, samples.next(), schedule, turned, (epoch, key, *how))
                for pairs in schedule.rounds:
                    # An epoch of a million points takes longer than whoever cancels will wait.
                    if n > LARGE:
                        report(callback, PHASE, Counted(epoch, n_epochs))
                    team.run(step, pairs)
    return positions[ranks]


class _Samples:
    """The points that repel: as they were a moment ago, so that no thread reads what another one writes.

    Of many points it is the turn of some, drawn by chance, so that they stay in the processor's cache; then of the next
    ones, until all had their turn and it starts again.
    """

    def __init__(self, positions: NDArray[np.float32], blocks: int, random: np.random.Generator) -> None:
        self._positions = positions
        self._is_alone = blocks == 1
        self._order = random.permutation(len(positions)) if len(positions) > SAMPLE else None
        self._first = 0

    def next(self) -> NDArray[np.float32]:
        if self._is_alone:
            return self._positions
        if self._order is None:
            return self._positions.copy()
        rows = np.take(self._order, np.arange(self._first, self._first + SAMPLE), mode="wrap")
        self._first = (self._first + SAMPLE) % len(self._order)
        return self._positions[rows]


def _step(
    kernel: Callable[..., None],
    positions: NDArray[np.float32],
    others: NDArray[np.float32],
    schedule: Schedule,
    turned: bool,
    how: tuple[Any, ...],
    pair: int,
) -> None:
    ends = (schedule.tails, schedule.heads) if turned else (schedule.heads, schedule.tails)
    first, last = schedule.starts[pair : pair + 2]
    kernel(positions, others, *ends, schedule.rates, first, last, *how)
