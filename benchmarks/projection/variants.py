"""Slower ways to lay out a graph, each without one idea of ours, to see what the idea gives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module

import numpy as np
from numba import njit

from apps.projections.compute.curve import FIRST_STEP, SOFTENING, STEP_BITS, STEPS, tabulate_forces
from apps.projections.compute.schedule import make_schedule

NEGATIVES = 5
LARGEST_STEP = 4.0


@dataclass(frozen=True)
class Idea:
    """Which of our ideas a layout makes use of."""

    tables: bool = True  # forces looked up instead of computed with a power and a division
    float32: bool = True  # positions and forces in single precision
    integers: bool = True  # whose turn an edge is told by an integer product, not by arrays of floats
    together: bool = True  # the five repulsions of a visit computed from one position
    is_shuffled: bool = True  # vertices stand in a random order instead of that of the data


ALL = Idea()
WITHOUT = {
    "all ideas": ALL,
    "no tables": replace(ALL, tables=False),
    "float64": replace(ALL, float32=False),
    "a schedule of floats": replace(ALL, integers=False),
    "repulsions one after the other": replace(ALL, together=False),
    "points in the order of the data": replace(ALL, is_shuffled=False),
    "none": Idea(tables=False, float32=False, integers=False, together=False),
}


def lay_out(idea, graph, start, *, a, b, n_epochs, random_state):
    """Optimise on one thread, in place, with one block of vertices."""
    n = len(start)
    dtype = np.float32 if idea.float32 else np.float64
    order = np.random.default_rng(random_state).permutation(n) if idea.is_shuffled else np.arange(n)
    ranks = order.astype(np.int32)
    schedule = make_schedule(graph, ranks, 1)
    positions = np.empty((n, 2), dtype=dtype)
    positions[ranks] = start
    forces = [table.astype(dtype) for table in tabulate_forces(a, b)]
    per_visit = 2.0**32 / np.maximum(schedule.rates.astype(np.float64), 1)
    due = per_visit.copy()
    visit = _compiled(idea)
    for epoch in range(n_epochs):
        alpha = dtype(1 - epoch / n_epochs)
        key = np.random.SeedSequence([random_state, epoch]).generate_state(1, np.uint64)[0]
        for turned in (False, True):
            heads, tails = (schedule.tails, schedule.heads) if turned else (schedule.heads, schedule.tails)
            visit(positions, heads, tails, schedule.rates, per_visit, due, turned, epoch, key, alpha, *forces, a, b)
    return positions[ranks].astype(np.float32)


def umap_learn_layout(graph, start, *, a, b, n_epochs, random_state):
    """Optimise by umap-learn's own loop, on one thread."""
    umap = import_module("umap.umap_")
    n = len(start)
    heads = np.repeat(np.arange(n, dtype=np.int32), np.diff(graph.indptr))
    state = np.random.RandomState(random_state).randint(-(2**31) + 1, 2**31 - 1, 3).astype(np.int64)
    return import_module("umap.layouts").optimize_layout_euclidean(
        start.astype(np.float32).copy(),
        start.astype(np.float32).copy(),
        heads,
        graph.indices,
        n_epochs,
        n,
        umap.make_epochs_per_sample(graph.weights, n_epochs),
        a,
        b,
        state,
        parallel=False,
        move_other=True,
    )


_KERNELS = {}


def _compiled(idea):
    """Compile the loop for this mixture of ideas, once."""
    form = (idea.tables, idea.float32, idea.integers, idea.together)
    if form not in _KERNELS:
        _KERNELS[form] = _make(*form)
    return _KERNELS[form]


def _make(tables, float32, integers, together):  # noqa: C901 - one loop, with or without each idea
    number = np.float32 if float32 else np.float64
    last_step = STEPS - 1

    @njit(inline="always")
    def entry(squared):
        return min(max((np.float32(squared).view(np.int32) >> STEP_BITS) - FIRST_STEP, 0), last_step)

    @njit(inline="always")
    def attraction_at(squared, attraction, a, b):
        if tables:
            return attraction[entry(squared)]
        if squared <= 0:
            return number(0.0)
        return number(-2.0 * a * b * squared ** (b - 1.0) / (a * squared**b + 1.0))

    @njit(inline="always")
    def repulsion_at(squared, repulsion, a, b):
        if tables:
            return repulsion[entry(squared)]
        return number(2.0 * b / ((SOFTENING + squared) * (a * squared**b + 1.0)))

    @njit(inline="always")
    def clipped(step):
        return min(max(step, number(-LARGEST_STEP)), number(LARGEST_STEP))

    @njit(nogil=True, fastmath=True)
    def visit(
        positions, heads, tails, rates, per_visit, due, turned, epoch, key, alpha, attraction, repulsion, a, b
    ):  # fmt: skip
        n = np.uint64(len(positions))
        turn = np.uint32(epoch + 1)
        state = key + np.uint64(turned)
        for e in range(len(heads)):
            if integers:
                if np.uint32(turn * rates[e]) >= rates[e]:
                    continue
            else:
                if due[e] > epoch + 1:
                    continue
                if turned:
                    due[e] += per_visit[e]
            i, j = heads[e], tails[e]
            x, y = positions[i, 0], positions[i, 1]
            dx, dy = x - positions[j, 0], y - positions[j, 1]
            force = attraction_at(dx * dx + dy * dy, attraction, a, b)
            sx, sy = alpha * clipped(force * dx), alpha * clipped(force * dy)
            x += sx
            y += sy
            positions[j, 0] -= sx
            positions[j, 1] -= sy
            sx, sy = number(0.0), number(0.0)
            for _ in range(NEGATIVES):
                state = state * np.uint64(6364136223846793005) + np.uint64(1442695040888963407)
                o = np.int64(((state >> np.uint64(32)) * n) >> np.uint64(32))
                if o == i:
                    continue
                dx, dy = x - positions[o, 0], y - positions[o, 1]
                force = repulsion_at(dx * dx + dy * dy, repulsion, a, b)
                if together:
                    sx += clipped(force * dx)
                    sy += clipped(force * dy)
                else:
                    x += alpha * clipped(force * dx)
                    y += alpha * clipped(force * dy)
            positions[i, 0] = x + alpha * sx
            positions[i, 1] = y + alpha * sy

    return visit
