"""Looking at a file before anything is decided: its columns with kinds, samples and suggestions, and its first rows."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pyarrow.compute as pc

from apps.common.errors import BadUserInput, LimitExceeded
from apps.common.names import is_keepable
from apps.curation.imports import kinds
from apps.curation.imports.json_cells import keys_in
from apps.curation.imports.problems import Problems, keepable
from apps.curation.imports.sources import Source
from apps.curation.imports.targets import suggestion
from apps.datasets.log.metadata import MOST_FIELDS

MOST_ROWS = 5_000_000
PREVIEWED = 20
SAMPLES = 5
LONGEST_SHOWN = 200


@dataclass
class Seen:
    """What is known of one column so far."""

    kind: str | None = None
    samples: dict[str, None] = field(default_factory=dict)
    is_distinct: bool = True
    # Of JSON objects: the kind of the values under each name.
    keys: dict[str, str] = field(default_factory=dict)


@dataclass
class Findings:
    row_count: int = 0
    columns: dict[str, Seen] = field(default_factory=dict)
    preview: list[dict[str, Any]] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)

    def described(self) -> list[dict[str, Any]]:
        """The columns as they are kept and shown."""
        fields = {name: suggestion(name, seen.kind) for name, seen in self.columns.items()}
        _suggest_once(fields)
        if "key" not in fields.values():
            distinct = (name for name, seen in self.columns.items() if seen.is_distinct and seen.kind in KEY_KINDS)
            fields |= dict.fromkeys(list(distinct)[:1], "key")
        return [
            {
                "name": name,
                "kind": seen.kind or kinds.TEXT,
                "samples": list(seen.samples),
                "suggestedField": fields[name],
                "keys": seen.keys,
            }
            for name, seen in self.columns.items()
        ]


KEY_KINDS = {kinds.TEXT, kinds.INTEGER}


def inspect(source: Source, progress: Callable[[int], None]) -> Findings:
    """Read the whole file once. Raises a ChromaError where it is none that can be imported."""
    findings = Findings()
    for _, table in source.batches(findings.problems):
        for name in table.column_names:
            _look(name, findings.columns.setdefault(name, Seen()), table.column(name).combine_chunks())
        if len(findings.preview) < PREVIEWED:
            findings.preview += map(_shown, table.slice(0, PREVIEWED - len(findings.preview)).to_pylist())
        findings.row_count += table.num_rows
        if findings.row_count > MOST_ROWS:
            raise LimitExceeded(f"A file may have {MOST_ROWS:,} rows; split it.")
        progress(findings.row_count)
    for name in source.columns():
        findings.columns.setdefault(name, Seen())
    if not findings.row_count:
        raise BadUserInput("The file has no rows that can be read.")
    return findings


def _look(column: str, seen: Seen, values: Any) -> None:
    found = kinds.kind_of(values)
    seen.kind = kinds.merged(seen.kind, found)
    for value in values.drop_null().slice(0, SAMPLES).to_pylist():
        if len(seen.samples) < SAMPLES:
            seen.samples[keepable(str(value)[:LONGEST_SHOWN])] = None
    if seen.is_distinct and found in KEY_KINDS:
        seen.is_distinct = not values.null_count and len(pc.unique(values)) == len(values)
    if found == kinds.JSON:
        for name, kind in keys_in(values).items():
            if not is_keepable(name):
                raise BadUserInput(f"A name in the column {column!r} holds the character U+0000; leave it out.")
            if len(seen.keys) > MOST_FIELDS:
                return  # more than can be imported: said when the rows are checked
            known = seen.keys.get(name)
            seen.keys[name] = kinds.merged(known, kind) or kind


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    """A row as JSON can hold it, long values cut."""
    return {name: value if _is_plain(value) else _cut(value) for name, value in row.items()}


def _is_plain(value: Any) -> bool:
    return isinstance(value, int | bool | None) or (isinstance(value, float) and math.isfinite(value))


def _cut(value: Any) -> str:
    text = keepable(value if isinstance(value, str) else str(value))
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]} …"


def _suggest_once(fields: dict[str, str]) -> None:
    """Of several columns that suggest one field, the one that is called so gets it; the others become metadata."""
    for field_name in set(fields.values()) - {"skip"}:
        names = [name for name, suggested in fields.items() if suggested == field_name]
        best = field_name if field_name in names else names[0]
        fields |= {name: f"metadata:{name}" for name in names if name != best}
