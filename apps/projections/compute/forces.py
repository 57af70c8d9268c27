"""The compiled loop of the layout: attraction along edges, repulsion from vertices drawn by chance."""

from __future__ import annotations

import numpy as np
from numba import njit

from apps.projections.compute.curve import FIRST_STEP, STEP_BITS, STEPS

NEGATIVES = 5
# So many edges are asked whether it is their turn before those are visited whose it is.
EDGES_A_LOOK = 1024
LAST_STEP = STEPS - 1
GOLDEN = np.uint64(0x9E3779B97F4A7C15)
FIRST_MIX = np.uint64(0xBF58476D1CE4E5B9)
SECOND_MIX = np.uint64(0x94D049BB133111EB)
NEXT_FACTOR = np.uint64(6364136223846793005)
NEXT_STEP = np.uint64(1442695040888963407)


@njit(nogil=True, cache=True, inline="always")
def _mixed(number):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    """Draw a number by counter: splitmix64's finaliser (S. Vigna)."""
    number = (number ^ (number >> np.uint64(30))) * FIRST_MIX
    number = (number ^ (number >> np.uint64(27))) * SECOND_MIX
    return number ^ (number >> np.uint64(31))


@njit(nogil=True, cache=True, inline="always")
def _step(squared):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    """Find the entry of the tables for a squared distance: the exponent and six more bits of the float."""
    step = (np.float32(squared).view(np.int32) >> STEP_BITS) - FIRST_STEP
    return min(max(step, 0), LAST_STEP)


@njit(nogil=True, cache=True, inline="always")
def _clipped(step, largest):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    return min(max(step, -largest), largest)


@njit(nogil=True, cache=True, fastmath=True)
def visit(positions, others, heads, tails, rates, first, last, epoch, key, largest, attraction, repulsion) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    """Visit the edges whose turn it is among ``first`` … ``last``, in two dimensions.

    Both ends of an edge move towards each other; then its head moves away from a few of the `others`, all seen from one
    position. An edge's turn comes as often as its rate, a part of 2**32, says: in the epochs in which
    ``(epoch + 1) * rate`` runs over. The forces are those of this epoch, and no step is larger than `largest`.
    """
    n = np.uint64(len(others))
    turn = np.uint32(epoch + 1)
    due = np.empty(EDGES_A_LOOK, dtype=np.int64)
    for start in range(first, last, EDGES_A_LOOK):
        # Without a branch, which would be guessed wrong at every third edge.
        count = 0
        for e in range(start, min(last, start + EDGES_A_LOOK)):
            due[count] = e
            count += np.uint32(turn * rates[e]) < rates[e]
        for at in range(count):
            e = due[at]
            i, j = np.uint64(heads[e]), np.uint64(tails[e])
            x, y = positions[i, 0], positions[i, 1]
            dx, dy = x - positions[j, 0], y - positions[j, 1]
            force = attraction[_step(dx * dx + dy * dy)]
            sx, sy = _clipped(force * dx, largest), _clipped(force * dy, largest)
            x += sx
            y += sy
            positions[j, 0] -= sx
            positions[j, 1] -= sy
            draw = _mixed(key + np.uint64(e) * GOLDEN)
            sx, sy = np.float32(0.0), np.float32(0.0)
            for _ in range(NEGATIVES):
                draw = draw * NEXT_FACTOR + NEXT_STEP
                o = ((draw >> np.uint64(32)) * n) >> np.uint64(32)
                dx, dy = x - others[o, 0], y - others[o, 1]
                force = repulsion[_step(dx * dx + dy * dy)] if o != i else np.float32(0.0)
                sx += _clipped(force * dx, largest)
                sy += _clipped(force * dy, largest)
            positions[i, 0] = x + sx
            positions[i, 1] = y + sy


@njit(nogil=True, cache=True, fastmath=True)
def visit_any(positions, others, heads, tails, rates, first, last, epoch, key, largest, attraction, repulsion) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    """Do as `visit`, in any number of dimensions."""
    n, dimensions = np.uint64(len(others)), others.shape[1]
    turn = np.uint32(epoch + 1)
    away = np.empty(dimensions, dtype=np.float32)
    for e in range(first, last):
        if np.uint32(turn * rates[e]) >= rates[e]:
            continue
        i, j = np.uint64(heads[e]), np.uint64(tails[e])
        squared = np.float32(0.0)
        for d in range(dimensions):
            squared += (positions[i, d] - positions[j, d]) ** 2
        force = attraction[_step(squared)]
        for d in range(dimensions):
            step = _clipped(force * (positions[i, d] - positions[j, d]), largest)
            positions[i, d] += step
            positions[j, d] -= step
            away[d] = 0
        draw = _mixed(key + np.uint64(e) * GOLDEN)
        for _ in range(NEGATIVES):
            draw = draw * NEXT_FACTOR + NEXT_STEP
            o = ((draw >> np.uint64(32)) * n) >> np.uint64(32)
            if o == i:
                continue
            squared = np.float32(0.0)
            for d in range(dimensions):
                squared += (positions[i, d] - others[o, d]) ** 2
            force = repulsion[_step(squared)]
            for d in range(dimensions):
                away[d] += _clipped(force * (positions[i, d] - others[o, d]), largest)
        for d in range(dimensions):
            positions[i, d] += away[d]
