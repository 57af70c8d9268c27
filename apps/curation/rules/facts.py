"""What a rule asks of datapoints: a fact is one field of them, bound to a project.

Ids of another project find nothing, just like those of what was deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import UUID

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from apps.curation.rules.rule import NONE
from apps.datasets.models import Dataset
from apps.projects.models import Project

Mask = NDArray[np.bool_]
# Rows that have a value (ascending, or a slice), and their values: numbers, or a pyarrow array of text.
Piece = tuple[Any, Any]


class Fact:
    """One value a datapoint, or none."""

    # Whether what the field names (a trained model, a score …) is not in the project.
    is_gone = False

    def __init__(self, project: Project, of: str) -> None:
        self.project = project
        self.of = of

    def version(self, dataset: Dataset, texts: Sequence[str]) -> str:
        """Changes with every change of the values, or at least of which datapoints have one of these."""
        raise NotImplementedError

    def pieces(self, dataset: Dataset) -> Iterator[Piece]:
        """The rows that have a value, and the values, so much at a time that memory stays small."""
        raise NotImplementedError

    def wanted(self, dataset: Dataset, texts: Sequence[str]) -> list[Any]:
        """The values that texts in a rule stand for, as `pieces` gives them."""
        return list(texts)

    def among(self, dataset: Dataset, texts: Sequence[str]) -> Mask:
        """Of the dataset's rows, those with one of these values; `none` stands for having no value."""
        wanted = self.wanted(dataset, [text for text in texts if text != NONE])
        return self._mask(dataset, lambda values: _is_in(values, wanted), keeps_missing=NONE in texts)

    def between(self, dataset: Dataset, low: float | None, high: float | None, *, keeps_missing: bool) -> Mask:
        """The rows with a number between the bounds; texts are no numbers."""
        return self._mask(dataset, lambda values: _is_between(values, low, high), keeps_missing=keeps_missing)

    def _mask(self, dataset: Dataset, test: Callable[[Any], Mask | None], *, keeps_missing: bool) -> Mask:
        length = dataset.next_row
        mask = np.zeros(length, dtype=np.bool_)
        missing = np.ones(length if keeps_missing else 0, dtype=np.bool_)
        for rows, values in self.pieces(dataset):
            if not isinstance(rows, slice) and len(rows) and rows[-1] >= length:
                # Logged since we looked.
                rows, values = rows[rows < length], values[: np.searchsorted(rows, length)]
            found = test(values)
            if found is not None:
                mask[rows] = found
            if keeps_missing and (found is not None):
                missing[rows] = False
        return mask | missing if keeps_missing else mask


FactOf = Callable[[Project, str], Fact]
FACTS: dict[str, FactOf] = {}


def fact(kind: str) -> Callable[[FactOf], FactOf]:
    """Register the class that knows the fields of this kind."""

    def register(known: FactOf) -> FactOf:
        FACTS[kind] = known
        return known

    return register


def whole_numbers(texts: Sequence[str]) -> list[int]:
    """The ids among these texts."""
    return [int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 19]


def uuid_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _is_in(values: Any, wanted: list[Any]) -> Mask:
    if isinstance(values, pa.Array):
        found: Mask = pc.is_in(values, pa.array(wanted, type=values.type)).to_numpy(zero_copy_only=False)
        return found
    return np.equal(values, wanted[0]) if len(wanted) == 1 else np.isin(values, wanted)


def _is_between(values: Any, low: float | None, high: float | None) -> Mask | None:
    """None where the values are no numbers: then nobody has one."""
    if isinstance(values, pa.Array):
        return None
    found = np.ones(len(values), dtype=np.bool_)
    # Compared as doubles, as browsers do: 0.1 as a 32-bit number is a little more than 0.1.
    if low is not None:
        found &= values >= np.float64(low)
    if high is not None:
        found &= values <= np.float64(high)
    return found
