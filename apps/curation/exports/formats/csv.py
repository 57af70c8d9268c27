"""CSV: UTF-8, commas, a header; texts in quotes, nothing at all where there is no value."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pc_csv

from apps.curation.column_names import GUARDED

# A number is no formula, whatever its sign.
NUMBER = r"^[+-]?[0-9]*\.?[0-9]+([eE][+-]?[0-9]+)?$"


class CsvFile:
    """Lists become text: tags joined by semicolons, vectors as JSON.

    `spreadsheet_safe` puts an apostrophe before texts that a spreadsheet would run as formulas, and a byte order mark
    before all, which tells spreadsheets that this is UTF-8, and our importer that apostrophes are to be taken off.
    """

    def __init__(self, path: Path, schema: pa.Schema, *, spreadsheet_safe: bool) -> None:
        self._is_safe = spreadsheet_safe
        self._schema = pa.schema([pa.field(field.name, _flat_type(field.type)) for field in schema])
        self._handle = path.open("wb")
        if spreadsheet_safe:
            self._handle.write(codecs.BOM_UTF8)
        self._writer: Any = pc_csv.CSVWriter(self._handle, self._schema)

    def write(self, batch: pa.RecordBatch) -> None:
        arrays = [_flat(column) for column in batch.columns]
        if self._is_safe:
            arrays = [_guarded(array) if pa.types.is_string(array.type) else array for array in arrays]
        self._writer.write_batch(pa.record_batch(arrays, schema=self._schema))

    def close(self) -> None:
        self._writer.close()
        self._handle.close()


def numbers_as_text(values: Any) -> Any:
    """The shortest decimals that read back as exactly these floats."""
    if values.type == pa.float16():
        values = values.cast(pa.float32())
    texts = values.cast(pa.string())
    # Written without a point it would be read as the whole number 0.
    return pc.if_else(pc.equal(texts, "-0"), "-0.0", texts)


def _flat_type(kind: pa.DataType) -> pa.DataType:
    return pa.string() if pa.types.is_nested(kind) or pa.types.is_timestamp(kind) else kind


def _flat(values: Any) -> Any:
    kind = values.type
    if pa.types.is_timestamp(kind):
        return pc.strftime(values, format="%Y-%m-%dT%H:%M:%SZ")
    if pa.types.is_fixed_size_list(kind):
        lists = values.cast(pa.list_(kind.value_type))
        texts = pa.ListArray.from_arrays(
            lists.offsets, numbers_as_text(lists.values), mask=lists.is_null() if lists.null_count else None
        )
        return pc.binary_join_element_wise("[", pc.binary_join(texts, ", "), "]", "")
    if pa.types.is_list(kind):
        escaped = pc.replace_substring(pc.replace_substring(values.values, "\\", "\\\\"), ";", "\\;")
        return pc.binary_join(pa.ListArray.from_arrays(values.offsets, escaped), ";")
    return values


def _guarded(texts: Any) -> Any:
    is_number = pc.match_substring_regex(texts, NUMBER)
    is_formula = pc.and_not(pc.match_substring_regex(texts, f"^[{GUARDED}]"), is_number)
    return pc.if_else(is_formula, pc.binary_join_element_wise("'", texts, ""), texts)
