"""What the job that makes a new version of a map takes over from the version before, and how it compares the two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.common.errors import NotFound
from apps.embeddings.neighbors import Neighbors
from apps.jobs.run import JobRun
from apps.projections.arrays import AXES, names_of, read_arrays
from apps.projections.models import Origin, ProjectionSet, ProjectionSource
from apps.projections.shared import have_same_vectors, match_sources
from apps.projections.vectors import Members

PLACE = "apps.projections.compute.placement:place_new"
FOLLOW = "apps.projections.compute.following:follow"
# A layout that starts from an old one needs no large steps: they would throw it about before it settles again.
LEARNING_RATE = 0.25


@dataclass(frozen=True)
class Before:
    """The version before, in the member order of the one that is made."""

    origin: Origin
    # Places of the whole version before, in its own order.
    positions: NDArray[np.float32]
    # For each member its place in that order; −1 for those that are new.
    places: NDArray[np.int64]
    # Whose vectors are what they were, bit by bit.
    is_unchanged: NDArray[np.bool_]

    @property
    def is_placing(self) -> bool:
        return self.origin == Origin.PLACE

    @property
    def start(self) -> NDArray[np.float32]:
        """Where each member lay; NaN for those that get a place now."""
        start = self.positions[np.maximum(self.places, 0)].copy()
        start[~self.is_unchanged if self.is_placing else self.places < 0] = np.nan
        return start


def read_before(
    run: JobRun, projection_set: ProjectionSet, sources: list[ProjectionSource], members: Members
) -> Before | None:
    """The version before; None for a map that has none, which is fitted from nothing."""
    origin = Origin(projection_set.origin)
    if origin == Origin.FIT:
        return None
    if projection_set.previous is None:
        raise NotFound("The version of the map that this one starts from was deleted meanwhile.")
    run.progress("Reading the version before")
    previous = projection_set.previous
    axes = [name for name in AXES if name in names_of(previous)]
    old_source, old_row, *columns = read_arrays(previous, "source", "row", *axes)
    old_sources = list(previous.sources.select_related("embedding_set__vectors"))
    matched = match_sources([each.embedding_set for each in old_sources], [each.embedding_set for each in sources])
    if matched is None:
        raise NotFound("The version of the map that this one starts from has other datasets.")
    places = np.full(len(members.row), -1, dtype=np.int64)
    is_unchanged = np.zeros(len(members.row), dtype=np.bool_)
    for source, follows in zip(sources, matched, strict=True):
        old = old_sources[follows]
        mine = np.flatnonzero(members.source == source.position)
        theirs = np.flatnonzero(old_source == old.position)
        shared, at, was_at = np.intersect1d(members.row[mine], old_row[theirs], assume_unique=True, return_indices=True)
        places[mine[at]] = theirs[was_at]
        is_unchanged[mine[at]] = have_same_vectors(old, source, shared)
    return Before(origin, np.column_stack(columns), places, is_unchanged)


def place_new(
    run: JobRun, before: Before, vectors: NDArray[Any], neighbors: Neighbors, metric: str
) -> NDArray[np.float32]:
    """Places for a version on which those that are known stay where they are."""
    placed: NDArray[np.float32] = run.compute(
        PLACE,
        vectors,
        before.start,
        np.ascontiguousarray(neighbors.indices),
        np.ascontiguousarray(neighbors.distances),
        phase="Placing the new datapoints",
        metric=metric,
    )
    return placed


def follow(
    run: JobRun, before: Before, positions: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32], dict[str, Any]]:
    """The positions laid over the version before, how far each datapoint moved, and the drift."""
    found = run.compute(
        FOLLOW,
        positions,
        before.positions,
        before.places,
        before.is_unchanged,
        phase="Comparing with the version before",
        is_fixed=before.is_placing,
    )
    return found["positions"], found["moved"], found["drift"]
