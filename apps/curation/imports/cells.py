"""From the cells of a file to the values that a log takes. What does not fit is told, row by row, and left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from apps.curation.imports import kinds
from apps.curation.imports.json_cells import parsed
from apps.curation.imports.problems import Problems

TYPES = {kinds.NUMBER: pa.float64(), kinds.INTEGER: pa.int64(), kinds.BOOLEAN: pa.bool_(), kinds.TEXT: pa.string()}
WORDS = {kinds.NUMBER: "a number", kinds.INTEGER: "a whole number", kinds.BOOLEAN: "true or false"}
Numbers = NDArray[np.int64]


class Cells:
    """The cells of one column in a batch of rows, and where to tell of wrong ones."""

    def __init__(self, name: str, values: Any, numbers: Numbers, problems: Problems) -> None:
        self.name = name
        plain = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
        self.values = plain.cast(plain.type.value_type) if pa.types.is_dictionary(plain.type) else plain
        self._numbers, self._problems = numbers, problems

    def texts(self) -> pa.Array:
        """Texts as they are; numbers as they are written, 7.0 as 7."""
        kind = self.values.type
        if pa.types.is_string(kind):
            return self.values
        if pa.types.is_floating(kind):
            whole = pc.and_(pc.equal(pc.floor(self.values), self.values), pc.less(pc.abs(self.values), 2.0**53))
            if pc.all(whole).as_py() is not False:
                return self.values.cast(pa.int64(), safe=False).cast(pa.string())
        if pa.types.is_nested(kind):
            return self._each(lambda value: self._refuse("a text, not a list or record"), pa.string())
        if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
            return self._each(lambda value: value.decode(), pa.string(), "UTF-8 text")
        return self.values.cast(pa.string())

    def typed(self, kind: str) -> pa.Array:
        """Values of one kind; texts are read as such."""
        wanted = TYPES.get(kind)
        if wanted is None or kind == kinds.TEXT:
            return self.texts() if not pa.types.is_nested(self.values.type) else self.json_texts()
        if self.values.type == wanted or pa.types.is_null(self.values.type):
            return self.values.cast(wanted)
        source = self._lowered() if kind == kinds.BOOLEAN else self.values
        try:
            return source.cast(wanted)
        except pa.ArrowException:
            return self._each(lambda value: pa.scalar(value).cast(wanted).as_py(), wanted, WORDS[kind])

    def json_texts(self) -> pa.Array:
        texts = [value if value is None else _as_json(value) for value in self.values.to_pylist()]
        return pa.array(texts, type=pa.string())

    def objects(self) -> list[dict[str, Any]]:
        """JSON objects; none where there is no value."""
        found = self._each_python(_object, 'a JSON object, as in {"day": 1}')
        return [each or {} for each in found]

    def words(self, allowed: set[str]) -> list[str | None]:
        """One of some words in each cell, or nothing."""

        def one_of_them(value: Any) -> str:
            if value not in allowed:
                raise ValueError
            return str(value)

        return self._each_python(one_of_them, " or ".join(sorted(allowed)))

    def tag_lists(self) -> list[list[str]]:
        """Lists of tags; in text they are joined by semicolons."""
        found = self._each_python(_tags, "a list of tags")
        return [each or [] for each in found]

    def matrix(self, dtype: str | None) -> pa.Array:
        """Vectors of one width, which the first of them gives."""
        kind = self.values.type
        dtype = dtype or (str(kind.value_type) if _is_exact(kind) else "float32").replace("halffloat", "float16")
        dtype = {"float": "float32", "double": "float64"}.get(dtype, dtype)
        if pa.types.is_fixed_size_list(kind) and kind.value_type == pa.from_numpy_dtype(np.dtype(dtype)):
            return self.values
        vectors = self._each_python(lambda value: _vector(value, dtype), "a list of numbers")
        return self._stacked(vectors, dtype)

    def _stacked(self, vectors: list[Any], dtype: str) -> pa.Array:
        width = next((len(vector) for vector in vectors if vector is not None), 1)
        present = np.array([vector is not None and len(vector) == width for vector in vectors])
        for place in np.flatnonzero(~present).tolist():
            if vectors[place] is not None:
                self._tell(place, f"the vector has {len(vectors[place]):,} numbers where the first one has {width:,}.")
        matrix = np.zeros((len(vectors), width), dtype=dtype)
        for place in np.flatnonzero(present).tolist():
            matrix[place] = vectors[place]
        wanted = pa.list_(pa.from_numpy_dtype(matrix.dtype), width)
        return pa.FixedSizeListArray.from_arrays(pa.array(matrix.reshape(-1)), type=wanted, mask=pa.array(~present))

    def _lowered(self) -> Any:
        return pc.utf8_lower(self.values) if pa.types.is_string(self.values.type) else self.values

    def _each(self, convert: Callable[[Any], Any], kind: pa.DataType, wanted: str = "") -> pa.Array:
        return pa.array(self._each_python(convert, wanted), type=kind)

    def _each_python(self, convert: Callable[[Any], Any], wanted: str) -> list[Any]:
        found = []
        for place, value in enumerate(self.values.to_pylist()):
            try:
                found.append(None if value is None else convert(value))
            except (ValueError, TypeError, OverflowError, pa.ArrowException) as problem:
                self._tell(place, f"must be {wanted or problem}, not {str(value)[:100]!r}.")
                found.append(None)
        return found

    def _refuse(self, wanted: str) -> None:
        raise ValueError(wanted)

    def _tell(self, place: int, message: str) -> None:
        self._problems.add(int(self._numbers[place]), self.name, message)


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _object(value: Any) -> dict[str, Any] | None:
    record = parsed(value)
    if record is not None and not isinstance(record, dict):
        raise ValueError
    return record


def _tags(value: Any) -> list[str]:
    """Semicolons inside of a tag are written \\; and backslashes \\\\."""
    if isinstance(value, list):
        if not all(isinstance(each, str) for each in value):
            raise ValueError
        return value
    tags, current, is_escaped = [], "", False
    for char in str(value):
        if is_escaped or char not in ";\\":
            current, is_escaped = current + char, False
        elif char == "\\":
            is_escaped = True
        else:
            tags.append(current)
            current = ""
    return [tag for tag in [*tags, current] if tag.strip()]


def _vector(value: Any, dtype: str) -> NDArray[Any] | None:
    numbers = parsed(value)
    if numbers is None:
        return None
    if not isinstance(numbers, list) or not all(type(each) in {int, float} for each in numbers) or not numbers:
        raise ValueError
    with np.errstate(over="ignore"):
        return np.array(numbers, dtype=dtype)


def _is_exact(kind: pa.DataType) -> bool:
    """Whether the file itself says which floats its vectors are made of. JSON's numbers are of no type."""
    return bool(pa.types.is_fixed_size_list(kind) and pa.types.is_floating(kind.value_type))
