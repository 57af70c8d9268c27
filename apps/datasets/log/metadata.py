"""Metadata: one column for each key. Keys merge: what a log does not name stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from apps.common.errors import BadUserInput, LimitExceeded
from apps.common.names import clean_name
from apps.datasets.columns import create_column
from apps.datasets.columns.codec import DTYPES, Values
from apps.datasets.log.batch import LogBatch, Mask, check_finite, check_text
from apps.datasets.log.column_plan import ColumnPlan, plan_column
from apps.datasets.log.columns import METADATA, ColumnRule
from apps.datasets.log.fields import logged_field
from apps.datasets.log.target import Target
from apps.datasets.models import ColumnKind, MetadataField, Upload

PREFIX = "metadata:"
MOST_FIELDS = 1_000
LONGEST_TEXT = 10_000
LARGEST_EXACT = 2**53

KINDS = {pa.float64(): ColumnKind.NUMBER, pa.int64(): ColumnKind.INTEGER, pa.bool_(): ColumnKind.BOOLEAN}
IN_WORDS = {
    ColumnKind.NUMBER: "numbers",
    ColumnKind.INTEGER: "whole numbers",
    ColumnKind.BOOLEAN: "true or false",
    ColumnKind.TEXT: "texts",
}


@dataclass(frozen=True)
class MetadataPlan:
    changed: Mask
    columns: dict[str, tuple[MetadataField | None, ColumnKind, ColumnPlan]]

    def prepare(self, target: Target) -> None:
        """Datapoints refer to no metadata."""

    def commit(self, target: Target) -> None:
        for name, (field, kind, plan) in self.columns.items():
            if field is None:
                column = create_column(dataset=target.dataset, kind=kind)
                field = MetadataField.objects.create(dataset=target.dataset, name=name, column=column)
            plan.commit(field.column)


@logged_field
class MetadataLogField:
    """All columns `metadata:<name>`."""

    def rule_for(self, column: str, upload: Upload) -> ColumnRule | None:
        return METADATA if column.startswith(PREFIX) else None

    def clears(self, word: str) -> bool:
        return word == "metadata" or (word.startswith(PREFIX) and len(word) > len(PREFIX))

    def check(self, batch: LogBatch, target: Target) -> None:
        stored = _stored(batch)
        names = [column.removeprefix(PREFIX) for column in batch.names_of(PREFIX)]
        if len(names) + len(stored.keys() - set(names)) > MOST_FIELDS:
            raise LimitExceeded(f"A dataset has at most {MOST_FIELDS:,} metadata keys.", field="metadata")
        for name in names:
            column = PREFIX + name
            if clean_name(name, what="A metadata key", field=column) != name:
                raise BadUserInput(
                    f"The metadata key {name!r} starts or ends with a blank, or is not in NFC.", field=column
                )
            if name in stored:
                _check_kind(batch, column, ColumnKind(stored[name].column.kind))
            _check_values(batch, column)
            batch.fail(column, batch.given(column) & batch.cleared(column), "is both given and cleared.")

    def plan(self, batch: LogBatch, target: Target) -> MetadataPlan | None:
        stored = _stored(batch)
        columns = {}
        changed = np.zeros(batch.row_count, dtype=np.bool_)
        for name in stored.keys() | {column.removeprefix(PREFIX) for column in batch.names_of(PREFIX)}:
            column, field = PREFIX + name, stored.get(name)
            given = batch.given(column)
            # Clearing all metadata beside new values replaces what was there.
            cleared = batch.cleared("metadata", column) & ~given
            if not (given.any() or (field and cleared.any())):
                continue
            kind = ColumnKind(field.column.kind) if field else _kind_of(batch, column)
            values = _values(batch, column, kind) if given.any() else None
            plan = plan_column(
                target, field.column if field else None, dtype=DTYPES[kind], values=values, given=given, cleared=cleared
            )
            if plan:
                columns[name] = (field, kind, plan)
                changed |= plan.changed
        return MetadataPlan(changed, columns) if columns else None


def _stored(batch: LogBatch) -> dict[str, MetadataField]:
    """The dataset's metadata fields, as far as the batch can concern them."""
    if not batch.has("clear") and not any(batch.names_of(PREFIX)):
        return {}
    fields = MetadataField.objects.filter(dataset=batch.dataset).select_related("column")
    return {field.name: field for field in fields}


def _kind_of(batch: LogBatch, column: str) -> ColumnKind:
    return KINDS.get(batch.column(column).type, ColumnKind.TEXT)


def _check_kind(batch: LogBatch, column: str, stored: ColumnKind) -> None:
    """Numbers may come as whole numbers and the other way round, as long as nothing is lost."""
    sent = _kind_of(batch, column)
    if sent == stored:
        return
    given = batch.given(column)
    numbers = batch.column(column)
    if (sent, stored) == (ColumnKind.INTEGER, ColumnKind.NUMBER):
        large = np.abs(pc.fill_null(numbers, 0).to_numpy(zero_copy_only=False)) > LARGEST_EXACT
        batch.fail(column, large & given, "is too large for a column of numbers, which is exact up to 2^53.")
    elif (sent, stored) == (ColumnKind.NUMBER, ColumnKind.INTEGER):
        values = pc.fill_null(numbers, 0.0).to_numpy(zero_copy_only=False)
        wrong = (values != np.trunc(values)) | (np.abs(values) > LARGEST_EXACT)
        batch.fail(column, wrong & given, "is no whole number, and this key holds whole numbers.")
    elif given.any():
        raise BadUserInput(
            f"The metadata key {column.removeprefix(PREFIX)!r} holds {IN_WORDS[stored]}, not {IN_WORDS[sent]}.",
            field=column,
        )


def _check_values(batch: LogBatch, column: str) -> None:
    kind = _kind_of(batch, column)
    if kind == ColumnKind.TEXT:
        check_text(batch, column, at_most=LONGEST_TEXT)
    elif kind == ColumnKind.NUMBER:
        check_finite(batch, column)


def _values(batch: LogBatch, column: str, kind: ColumnKind) -> Values:
    values = batch.column(column)
    if kind == ColumnKind.TEXT:
        return pc.fill_null(values, "")
    filled: Any = pc.fill_null(values, False if values.type == pa.bool_() else 0)
    return filled.to_numpy(zero_copy_only=False).astype(DTYPES[kind])
