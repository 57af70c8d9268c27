"""Which datapoints two versions of a map have in common, and which of them have the vectors they had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from apps.datasets import bitmaps
from apps.datasets.bitmaps import Rows
from apps.datasets.columns import present_rows, read_rows
from apps.datasets.columns.pieces import changed_rows
from apps.embeddings.models import EmbeddingSet
from apps.embeddings.roles import rows_in_role
from apps.projections.arrays import read_arrays
from apps.projections.models import ProjectionSet, ProjectionSource

ROWS_A_BLOCK = 4096


@dataclass(frozen=True)
class Counts:
    """How many datapoints a new version of a map will have, and how many of them are on it already."""

    total: int
    kept: int
    unchanged: int

    @property
    def to_place(self) -> int:
        return self.total - self.unchanged


def match_sources(before: Sequence[EmbeddingSet], now: Sequence[EmbeddingSet]) -> list[int] | None:
    """For each embedding set the place of the one that it follows: itself, or another of its dataset.

    None where the two do not pair up one to one.
    """
    if len(before) != len(now):
        return None
    free = set(range(len(before)))
    matched: list[int | None] = []
    for found in now:
        itself = next((place for place in sorted(free) if before[place].pk == found.pk), None)
        matched.append(itself)
        free.discard(-1 if itself is None else itself)
    for number, found in enumerate(now):
        if matched[number] is None:
            place = next((each for each in sorted(free) if before[each].dataset_id == found.dataset_id), None)
            matched[number] = place
            free.discard(-1 if place is None else place)
    places = [place for place in matched if place is not None]
    return places if len(places) == len(now) else None


def count_shared(projection_set: ProjectionSet, embedding_sets: Sequence[EmbeddingSet]) -> Counts:
    """Count what a version of a map made of these embedding sets now would share with it.

    A vector that was logged again counts as changed here; whether it is another one, the job looks.
    """
    sources = list(projection_set.sources.select_related("embedding_set__vectors"))
    source, row = read_arrays(projection_set, "source", "row")
    matched = match_sources([found.embedding_set for found in sources], embedding_sets) or []
    total = kept = unchanged = 0
    for place, embedding_set in zip(matched, embedding_sets, strict=True):
        old = sources[place]
        alive = present_rows(embedding_set.vectors) & bitmaps.load(embedding_set.dataset.alive)
        members = rows_in_role(alive, embedding_set.dataset, projection_set.role)
        shared = members & bitmaps.of_rows(row[source == old.position])
        total += len(members)
        kept += len(shared)
        if old.embedding_set_id == embedding_set.pk:
            unchanged += len(shared - changed_rows(embedding_set.vectors, old.vectors_version))
    return Counts(total, kept, unchanged)


def have_same_vectors(old: ProjectionSource, new: ProjectionSource, rows: Rows) -> NDArray[np.bool_]:
    """Whether datapoints have the vector, bit by bit, that they had on the version before."""
    if old.embedding_set_id != new.embedding_set_id:
        return np.zeros(len(rows), dtype=np.bool_)
    column = new.embedding_set.vectors
    logged = changed_rows(column, old.vectors_version) & bitmaps.of_rows(rows)
    is_same = np.ones(len(rows), dtype=np.bool_)
    again = bitmaps.rows_of(BitMap(logged))
    for start in range(0, len(again), ROWS_A_BLOCK):
        some = again[start : start + ROWS_A_BLOCK]
        before = read_rows(column, some, version=old.vectors_version).values
        now = read_rows(column, some, version=new.vectors_version).values
        is_same[np.searchsorted(rows, some)] = _equal_bits(np.asarray(before), np.asarray(now))
    return is_same


def _equal_bits(before: NDArray[np.generic], now: NDArray[np.generic]) -> NDArray[np.bool_]:
    n = len(before)
    return np.asarray((before.view(np.uint8).reshape(n, -1) == now.view(np.uint8).reshape(n, -1)).all(axis=1))
