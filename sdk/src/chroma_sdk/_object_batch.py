"""What one call of `log_objects` is about: boxes grouped by their image, which no session may tear apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from chroma_sdk._batch import Batch
from chroma_sdk._errors import InvalidArgument
from chroma_sdk._stream import rows_per_session
from chroma_sdk._strings import as_keys, as_strings, check_length


@dataclass(frozen=True)
class Grouping:
    """In which order boxes are sent so that those of an image stand together, and where each image ends."""

    parents: pa.Array
    order: np.ndarray[Any, Any]
    ends: np.ndarray[Any, Any]

    def spans(self, batch: Batch) -> list[tuple[int, int]]:
        """Cut the ordered rows into sessions of whole images."""
        most = rows_per_session(batch)
        spans: list[tuple[int, int]] = []
        start = stop = 0
        for end in self.ends.tolist():
            if end - stop > most:
                parent = self.parents[int(self.order[stop])].as_py()
                raise InvalidArgument("parents", f"{parent!r} has {end - stop:,} boxes; at most {most:,} are allowed.")
            if end - start > most:
                spans.append((start, stop))
                start = stop
            stop = end
        return [*spans, (start, stop)] if stop > start else spans


def as_parents(values: Any) -> pa.Array:
    """Return the key of each box's image."""
    parents, cleared = as_strings("parents", values)
    if cleared is not None:
        raise InvalidArgument("parents", "CLEAR is no key.")
    missing = pc.or_kleene(pc.is_null(parents), pc.equal(pc.utf8_length(parents), 0))
    if pc.any(missing).as_py():
        row = pc.index(missing, True).as_py()
        raise InvalidArgument("parents", f"row {row} is empty; every box lies in an image, named by its key.")
    check_length("parents", parents, 200)
    return parents


def group(parents: pa.Array) -> Grouping:
    """Put the boxes of each image together, in the order in which the images come first."""
    codes = parents.dictionary_encode().indices.to_numpy()
    order = np.argsort(codes, kind="stable")
    is_last = np.diff(codes[order], append=-1) != 0
    return Grouping(parents, order, np.flatnonzero(is_last) + 1)


def images_without_box(images: Any, parents: pa.Array) -> pa.Array:
    """Return the images that are meant and have no box, after checking that all others are meant too."""
    meant = as_keys(images if hasattr(images, "__len__") else list(images))
    strange = pc.invert(pc.is_in(parents, meant))
    if pc.any(strange).as_py():
        row = pc.index(strange, True).as_py()
        raise InvalidArgument("images", f"they lack {parents[row].as_py()!r}, the parent in row {row}.")
    return meant.filter(pc.invert(pc.is_in(meant, parents)))


def without_objects(images: pa.Array) -> Batch:
    """Say of these images that they have no object of this source."""
    boxes = pa.nulls(len(images), pa.list_(pa.float64(), 4))
    return Batch(keys=images, has_keys=False, columns={"parent": images, "box": boxes})


def check_one_source(labels: Any, inferences: Any, probabilities: Any) -> str:
    """Return who says that the objects are there: "ground_truth" or "model"."""
    predicted = next(
        (name for name, given in (("inferences", inferences), ("probabilities", probabilities)) if given is not None),
        None,
    )
    if labels is not None and predicted:
        problem = (
            f"got labels and {predicted}; what is true and what a model found are objects of their own: two calls."
        )
        raise InvalidArgument("labels", problem)
    if labels is None and not predicted:
        raise InvalidArgument("labels", "wanted labels (ground truth) or inferences (what a model found).")
    return "model" if predicted else "ground_truth"


def reordered(batch: Batch, order: Sequence[int] | np.ndarray[Any, Any]) -> Batch:
    """Return the batch with its rows in another order."""
    places = pa.array(order)
    return Batch(
        keys=batch.keys.take(places),
        has_keys=batch.has_keys,
        columns={name: column.take(places) for name, column in batch.columns.items()},
        vectors=None if batch.vectors is None else batch.vectors[order],
        probabilities=None if batch.probabilities is None else batch.probabilities[order],
        classes=batch.classes,
        cleared={name: mask.take(places) for name, mask in batch.cleared.items()},
    )
