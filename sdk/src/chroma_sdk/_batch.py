"""What one call of `log` is about: its arguments, checked as a whole and turned into Arrow columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from chroma_sdk._clear import CLEAR
from chroma_sdk._errors import InvalidArgument
from chroma_sdk._files import as_files
from chroma_sdk._metadata import as_metadata
from chroma_sdk._strings import as_keys, as_strings, check_length, check_names
from chroma_sdk._vectors import as_confidences, as_probabilities, as_vectors

LONGEST = {"texts": 100_000, "uris": 2_000}


@dataclass
class Batch:
    """Checked datapoints: every column has one value per key.

    Objects whose keys the server makes have numbers for keys here, and `has_keys` is False.
    """

    keys: pa.Array
    has_keys: bool = True
    columns: dict[str, pa.Array] = field(default_factory=dict)
    files: list[Any] | None = None
    vectors: np.ndarray[Any, Any] | None = None
    probabilities: np.ndarray[Any, Any] | None = None
    classes: list[str] | None = None
    cleared: dict[str, pa.Array] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def dimension(self) -> int | None:
        """Length of a vector, or None without embeddings."""
        return None if self.vectors is None else int(self.vectors.shape[1])

    @property
    def bytes_per_row(self) -> int:
        """Roughly what one datapoint takes on the wire, files apart."""
        arrays = [self.keys, *self.columns.values()]
        size = sum(array.nbytes for array in arrays)
        size += sum(matrix.nbytes for matrix in (self.vectors, self.probabilities) if matrix is not None)
        return int(size) // max(len(self), 1) + 1


def make_batch(
    *,
    keys: Any,
    rows: int | None = None,
    files: Any = None,
    texts: Any = None,
    uris: Any = None,
    labels: Any = None,
    inferences: Any = None,
    confidences: Any = None,
    probabilities: Any = None,
    classes: Sequence[str] | None = None,
    metadata: Any = None,
    embeddings: Any = None,
) -> Batch:
    """Check all arguments of `Dataset.log` that hold data; the first thing wrong is raised.

    `rows` is how many keys are wanted, where another argument says it.
    """
    batch = Batch(keys=as_keys(keys))
    n = len(batch)
    if rows not in (None, n):
        raise InvalidArgument("keys", f"got {n:,} keys for {rows:,} datapoints.")
    _add_resources(batch, files, texts, uris)
    _add_names(batch, "label", "labels", labels)
    _add_names(batch, "inference", "inferences", inferences)
    _add_probabilities(batch, probabilities, classes)
    if confidences is not None:
        if "inference" not in batch.columns:
            raise InvalidArgument("confidences", "they need inferences (or probabilities) to be about.")
        batch.columns["confidence"] = as_confidences(confidences, n)
    if metadata is not None:
        columns, cleared = as_metadata(metadata, n)
        batch.columns.update({f"metadata:{name}": column for name, column in columns.items()})
        batch.cleared.update(cleared)
    if embeddings is CLEAR:
        batch.cleared["embedding"] = pa.repeat(pa.scalar(True), n)
    elif embeddings is not None:
        batch.vectors = as_vectors(embeddings, n)
    return batch


def _add_resources(batch: Batch, files: Any, texts: Any, uris: Any) -> None:
    """Files, texts and URIs: at most one of them in a row."""
    n = len(batch)
    given: dict[str, Any] = {}
    masks: list[Any] = []
    if files is not None:
        batch.files, cleared = as_files(files, n)
        given["files"] = pa.array([file is not None for file in batch.files])
        masks.append(cleared)
    for column, argument, values in (("text", "texts", texts), ("uri", "uris", uris)):
        if values is not None:
            strings, cleared = as_strings(argument, values, n)
            check_length(argument, strings, LONGEST[argument])
            batch.columns[column] = strings
            given[argument] = pc.is_valid(strings)
            masks.append(cleared)
    if (cleared := _any_of(masks)) is not None:
        batch.cleared["resource"] = cleared
        given["CLEAR"] = cleared
    _check_one_resource(given)


def _check_one_resource(given: dict[str, Any]) -> None:
    arguments = list(given)
    for place, first in enumerate(arguments):
        for second in arguments[place + 1 :]:
            both = pc.and_(given[first], given[second])
            if pc.any(both).as_py():
                row = pc.index(both, True).as_py()
                problem = f"row {row} has {first} and {second}; a datapoint stands for one file, text or URI."
                raise InvalidArgument(first, problem)


def _add_names(batch: Batch, column: str, argument: str, values: Any) -> None:
    if values is None:
        return
    names, cleared = as_strings(argument, values, len(batch))
    check_names(argument, names)
    batch.columns[column] = names
    if cleared is not None:
        batch.cleared[column] = cleared


def _add_probabilities(batch: Batch, probabilities: Any, classes: Sequence[str] | None) -> None:
    """Class probabilities; where inferences or confidences are absent they follow from them."""
    if probabilities is None:
        if classes is not None:
            raise InvalidArgument("classes", "they name the columns of probabilities, which are absent.")
        return
    batch.classes = _checked_classes(classes)
    batch.probabilities = as_probabilities(probabilities, len(batch), len(batch.classes))
    names = pa.array(batch.classes, pa.string())
    if "inference" not in batch.columns:
        best = batch.probabilities.argmax(axis=1)
        batch.columns["inference"] = names.take(pa.array(best))
        batch.columns["confidence"] = pa.array(batch.probabilities.max(axis=1))
        return
    inferences = batch.columns["inference"]
    place = pc.index_in(inferences, names)
    unknown = pc.and_(pc.is_valid(inferences), pc.is_null(place))
    if pc.any(unknown).as_py():
        row = pc.index(unknown, True).as_py()
        raise InvalidArgument("inferences", f"row {row} is {inferences[row].as_py()!r}, which is none of the classes.")
    chosen = batch.probabilities[np.arange(len(batch)), pc.fill_null(place, 0).to_numpy()]
    batch.columns["confidence"] = pc.if_else(pc.is_valid(place), pa.array(chosen), None)


def _checked_classes(classes: Sequence[str] | None) -> list[str]:
    if classes is None:
        raise InvalidArgument("classes", "probabilities need the names of their columns, as in classes=['cat', 'dog'].")
    names, cleared = as_strings("classes", classes)
    if names.null_count or cleared is not None:
        raise InvalidArgument("classes", "every class needs a name.")
    check_names("classes", names)
    if pc.count_distinct(names).as_py() != len(names):
        raise InvalidArgument("classes", "a name is there twice.")
    return list(names.to_pylist())


def _any_of(masks: Sequence[Any]) -> Any:
    found = [mask for mask in masks if mask is not None]
    if not found:
        return None
    combined = found[0]
    for mask in found[1:]:
        combined = pc.or_(combined, mask)
    return combined
