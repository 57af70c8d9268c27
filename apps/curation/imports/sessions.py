"""Logging the rows of a file in sessions, by the same machinery that clients' uploads go through."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pyarrow as pa
from django.utils import timezone
from pyroaring import BitMap

from apps.accounts.actor import Actor
from apps.curation.column_names import GROUND_TRUTH, ModelName, model_named
from apps.curation.imports.passes import BOX_FORMAT, Pass, passes_of
from apps.curation.imports.rows import Rows
from apps.datasets.log.commit import commit_log
from apps.datasets.models import Datapoint, Dataset, Upload

SQL_VALUES = 10_000


class Sessions:
    """Logs batch after batch, and remembers what is to be tagged and relabelled when all of them are there."""

    def __init__(self, actor: Actor, dataset: Dataset, name: str) -> None:
        self.actor, self.dataset, self._name = actor, dataset, name
        self._count = 0
        self.report: Counter[str] = Counter(added=0, updated=0, unchanged=0)
        self.tagged: dict[str, BitMap] = defaultdict(BitMap)
        self.relabelled: dict[tuple[str | None, str], BitMap] = defaultdict(BitMap)

    def log(self, rows: Rows, *, source: str = "", model: ModelName | None = None) -> None:
        """Log rows that are contexts, or objects of one source. Rows of one session together: all or nothing."""
        if not len(rows.numbers):
            return
        passes = passes_of(rows)
        if source:
            passes = [_of_objects(each, rows, source, model) for each in passes]
        reports = [self._log(each) for each in passes]
        self._add(reports)
        if rows.tags or rows.corrections is not None:
            self._remember(rows)

    def _log(self, each: Pass) -> dict[str, int]:
        table = pa.table({name: values for name, values in each.columns.items() if not pa.types.is_null(values.type)})
        content = _stream(table)
        sha256 = hashlib.sha256(content).hexdigest()
        self._count += 1
        upload, _ = Upload.objects.get_or_create(
            dataset=self.dataset,
            created_by=self.actor.user,
            # By its content too: where others changed the dataset before a job is tried again, other rows may be bad.
            key=f"import {self._name} {self._count} {sha256[:16]}",
            defaults=_fields_of(each.upload(self.dataset))
            | {
                "row_count": table.num_rows,
                "byte_count": len(content),
                "chunk_bytes": len(content),
                "sha256": sha256,
                "role": "object" if each.source else "context",
                "source": each.source,
                "box_format": BOX_FORMAT if each.source else "",
                "expires_at": timezone.now() + timedelta(days=1),
            },
        )
        return upload.report or commit_log(actor=self.actor, upload=upload, content=content)

    def _add(self, reports: list[dict[str, int]]) -> None:
        """A datapoint that several sessions touch is counted once: as added, else as updated."""
        first, *others = reports
        known = first["updated"] + first["unchanged"]
        more = max((other["updated"] - first["added"] for other in others), default=0)
        updated = min(known, max(first["updated"], more))
        self.report.update(added=first["added"], updated=updated, unchanged=known - updated)
        if "removed" in first:
            self.report.update(removed=first["removed"])

    def _remember(self, rows: Rows) -> None:
        keys = rows.facts["key"].to_pylist()
        stored = self._stored([key for key in keys if key is not None])
        for key, tags in zip(keys, rows.tags, strict=False):
            for tag in tags:
                if key in stored:
                    self.tagged[tag].add(stored[key][0])
        for key, (label, why) in zip(keys, rows.corrections or (), strict=False):
            if key in stored and stored[key][1] != label:
                self.relabelled[label, why].add(stored[key][0])

    def _stored(self, keys: list[str]) -> dict[str, tuple[int, str | None]]:
        """Row and label of the datapoints with these keys."""
        found: dict[str, tuple[int, str | None]] = {}
        for start in range(0, len(keys), SQL_VALUES):
            some = Datapoint.objects.filter(dataset=self.dataset, key__in=keys[start : start + SQL_VALUES])
            values = some.order_by().values_list("key", "row", "category__name")
            found |= {key: (row, label) for key, row, label in values}
        return found


def source_of(name: str | None, default: ModelName) -> tuple[str, ModelName | None]:
    """Who found objects, by the name in their column source: nothing is ground truth."""
    if name in {None, "", GROUND_TRUTH}:
        return "ground_truth", None
    return "model", (model_named(name) if name else None) or default


def _of_objects(each: Pass, rows: Rows, source: str, model: ModelName | None) -> Pass:
    """Every session of objects says where they are; what it must not say of this source is left out."""
    dropped = {"text", "uri", "file"} | ({"label"} if model else {"inference", "confidence"})
    columns = {name: values for name, values in each.columns.items() if name not in dropped}
    place = {name: rows.facts[name] for name in ("parent", "box")}
    named = replace(model, layer=each.model.layer) if model else each.model
    return Pass(named, columns | place, source)


def _fields_of(upload: Upload) -> dict[str, Any]:
    return {name: getattr(upload, name) for name in ("model", "version", "layer", "dimension", "classes")}


def _stream(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())
    content: bytes = sink.getvalue().to_pybytes()
    return content
