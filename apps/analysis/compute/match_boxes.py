"""Which found boxes and which ground-truth boxes are of the same thing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from apps.analysis.compute.iou import iou_matrix
from apps.common.compute.progress import Callback, report

Rows = NDArray[np.int64]
METHODS = ("hungarian", "best_first")
# Overlaps compared at once.
MOST_AT_ONCE = 4_000_000
# Possible pairs that fit into memory, and the largest table of boxes that overlap each other by a chain.
MOST_PAIRS = 20_000_000
LARGEST_TABLE = 50_000_000
ADVICE = "raise the threshold, or log fewer boxes for each image."
NOBODY = -1


def match_boxes(
    boxes: NDArray[Any],
    images: Rows,
    is_found: NDArray[np.bool_],
    classes: Rows,
    *,
    iou_threshold: float = 0.5,
    is_class_aware: bool = False,
    method: str = "hungarian",
    callback: Callback | None = None,
) -> NDArray[np.float64]:
    """Assign found boxes to ground-truth boxes of the same image, one to one.

    Two boxes may be partners where they overlap by the threshold or more and, if asked for, are of one class.

    Parameters
    ----------
    boxes : ndarray of shape (n, 4)
        x, y, width, height in any unit. A box without an area overlaps nothing.
    images : ndarray of shape (n,) and dtype int64
        The image that each box lies in.
    is_found : ndarray of shape (n,) and dtype bool
        True for boxes that a model found, False for ground truth.
    classes : ndarray of shape (n,) and dtype int64
        The class of each box, 0 where it has none: such a box has no partner when classes count.
    iou_threshold : float, default=0.5
        The least intersection over union of partners; above 0.
    is_class_aware : bool, default=False
        Whether partners must be of one class.
    method : str, default="hungarian"
        "hungarian": of all one-to-one assignments of possible partners, one with the largest sum of IoU. "best_first":
        the possible partners with the largest IoU become partners, then those of the rest, and so on; of equal ones
        first that with the earlier found box, then that with the earlier ground-truth box.
    callback : callable or None, default=None
        Called as ``callback(phase, fraction, positions)``; returning False cancels.

    Returns
    -------
    ndarray of shape (n, 2)
        The row of each box's partner, -1 where it has none; and their IoU. Without a partner: the largest IoU with any
        box of the other side in the image, 0 where there is none.

    References
    ----------
    H. W. Kuhn, "The Hungarian method for the assignment problem", Naval Research Logistics Quarterly 2 (1955).
    """
    if method not in METHODS:
        raise ValueError(f"method must be one of {', '.join(METHODS)}, not {method!r}.")
    result = np.column_stack([np.full(len(boxes), float(NOBODY)), np.zeros(len(boxes))])
    found, truth, overlaps = _possible_partners(boxes, images, is_found, result[:, 1], iou_threshold, callback)
    if is_class_aware:
        is_same = (classes[found] == classes[truth]) & (classes[found] != 0)
        found, truth, overlaps = found[is_same], truth[is_same], overlaps[is_same]
    assign = _hungarian if method == "hungarian" else _best_first
    for pairs in _independent(found, truth, len(boxes), callback):
        chosen = pairs if len(pairs) == 1 else pairs[assign(found[pairs], truth[pairs], overlaps[pairs])]
        result[found[chosen]] = np.column_stack([truth[chosen], overlaps[chosen]])
        result[truth[chosen]] = np.column_stack([found[chosen], overlaps[chosen]])
    return result


def _possible_partners(
    boxes: NDArray[Any],
    images: Rows,
    is_found: NDArray[np.bool_],
    largest: NDArray[np.float64],
    iou_threshold: float,
    callback: Callback | None,
) -> tuple[Rows, Rows, NDArray[np.float64]]:
    """Rows of found and ground-truth boxes that overlap enough, and how much; notes each box's largest overlap."""
    order = np.argsort(images, kind="stable")
    ends = np.flatnonzero(np.diff(images[order], append=np.iinfo(np.int64).max)) + 1
    parts = [(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))]
    start = count = 0
    for end in ends.tolist():
        report(callback, "Comparing boxes", start / len(order))
        rows = order[start:end]
        found, truth = rows[is_found[rows]], rows[~is_found[rows]]
        step = max(1, MOST_AT_ONCE // max(1, len(truth)))
        for first in range(0, len(found) if len(truth) else 0, step):
            some = found[first : first + step]
            overlaps = iou_matrix(boxes[some], boxes[truth])
            largest[some] = overlaps.max(axis=1)
            largest[truth] = np.maximum(largest[truth], overlaps.max(axis=0))
            one, other = np.nonzero(overlaps >= iou_threshold)
            parts.append((some[one], truth[other], overlaps[one, other]))
            if (count := count + len(one)) > MOST_PAIRS:
                raise ValueError(f"More than {MOST_PAIRS:,} pairs of boxes overlap by the threshold; {ADVICE}")
        start = end
    return tuple(np.concatenate(part) for part in zip(*parts, strict=True))  # type: ignore[return-value]


def _independent(found: Rows, truth: Rows, count: int, callback: Callback | None) -> Iterator[Rows]:
    """Possible pairs in lots that share no box: each can be assigned by itself, and most are a single pair."""
    if not len(found):
        return
    graph = coo_matrix((np.ones(len(found), dtype=np.int8), (found, truth)), shape=(count, count))
    lot = connected_components(graph, directed=False)[1][found]
    order = np.argsort(lot, kind="stable")
    ends = np.flatnonzero(np.diff(lot[order], append=-1)) + 1
    start = 0
    for end in ends.tolist():
        report(callback, "Finding partners", start / len(order))
        yield order[start:end]
        start = end


def _hungarian(found: Rows, truth: Rows, overlaps: NDArray[np.float64]) -> Rows:
    """Choose the pairs with the largest sum."""
    rows, row = np.unique(found, return_inverse=True)
    columns, column = np.unique(truth, return_inverse=True)
    if len(rows) * len(columns) > LARGEST_TABLE:
        raise ValueError(f"In one image {len(rows) + len(columns):,} boxes overlap each other in a chain; {ADVICE}")
    gains = np.zeros((len(rows), len(columns)))
    pair = np.full(gains.shape, NOBODY)
    gains[row, column], pair[row, column] = overlaps, np.arange(len(found))
    chosen = pair[linear_sum_assignment(gains, maximize=True)]
    result: Rows = chosen[chosen != NOBODY]
    return result


def _best_first(found: Rows, truth: Rows, overlaps: NDArray[np.float64]) -> Rows:
    """Choose the pair with the largest overlap, then the largest of those left."""
    taken: set[int] = set()
    chosen = []
    for pair in np.lexsort((truth, found, -overlaps)).tolist():
        partners = {int(found[pair]), int(truth[pair])}
        if not taken & partners:
            taken |= partners
            chosen.append(pair)
    return np.array(chosen, dtype=np.int64)
