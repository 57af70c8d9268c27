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
SECONDS_A_FRAME = 0.1


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
    ranks = np.random.default_rng(random_state).permutation(n).astype(np.int32)
    schedule = make_schedule(graph, ranks, blocks)
    positions = np.empty((n, dimensions), dtype=np.float32)
    positions[ranks] = start
    forces = tabulate_forces(a, b)
    kernel = visit if dimensions == 2 else visit_any
    others = positions if blocks == 1 else positions.copy()
    shown = 0.0
    with Team(n_threads) as team:
        for epoch in range(n_epochs):
            is_shown = time.monotonic() - shown >= SECONDS_A_FRAME
            shown = time.monotonic() if is_shown else shown
            if report(callback, PHASE, Counted(epoch, n_epochs), positions[ranks] if is_shown else None):
                break
            alpha = np.float32(learning_rate * (1 - epoch / n_epochs))
            for turned in (False, True):
                if blocks > 1:
                    others[:] = positions
                key = np.random.SeedSequence([random_state, epoch, turned]).generate_state(1, np.uint64)[0]
                step = partial(_step, kernel, positions, others, schedule, turned, (epoch, key, alpha, *forces))
                for pairs in schedule.rounds:
                    team.run(step, pairs)
    return positions[ranks]


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
