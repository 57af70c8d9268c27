"""Writing an export: block by block into a local file, which is then stored."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from apps.curation.exports.block import Part
from apps.curation.exports.facts import FactsPart
from apps.curation.exports.formats.coco import CocoFile
from apps.curation.exports.formats.csv import CsvFile
from apps.curation.exports.formats.jsonl import JsonLinesFile
from apps.curation.exports.formats.keys import KeysFile
from apps.curation.exports.formats.parquet import ParquetFile
from apps.curation.exports.images import ImagesPart
from apps.curation.exports.scope import rows_of
from apps.curation.exports.table import ExportTable, parts_of
from apps.curation.models import Export, ExportFormat
from apps.datasets.models import Dataset
from apps.embeddings.models import EmbeddingSet

# Told how many datapoints are written, of how many.
Progress = Callable[[int, int], None]


class ExportFile(Protocol):
    def write(self, batch: pa.RecordBatch) -> None: ...
    def close(self) -> None: ...


def write_export(export: Export, path: Path, progress: Progress) -> int:
    """Write what the export asks for to the path; return the number of rows."""
    rows = rows_of(export)
    table = ExportTable(rows, _parts(export, list(rows)))
    file = _open(export, path, table.schema)
    done = 0
    progress(done, table.row_count)
    try:
        for batch in table.batches():
            file.write(batch)
            done += batch.num_rows
            progress(done, table.row_count)
    finally:
        file.close()
    return done


def _parts(export: Export, datasets: list[Dataset]) -> list[Part]:
    if export.format == ExportFormat.KEYS:
        return [FactsPart(export.project)]
    wanted = [each["id"] for each in export.scope["embedding_sets"]]
    sets = EmbeddingSet.objects.filter(pk__in=wanted, dataset__in=datasets)
    sets = sets.select_related("vectors", "layer__layer_set__trained_model__model_architecture").order_by("created_at")
    parts = parts_of(export.project, datasets, list(sets))
    return [*parts, ImagesPart()] if export.format == ExportFormat.COCO else parts


def _open(export: Export, path: Path, schema: pa.Schema) -> ExportFile:
    match export.format:
        case ExportFormat.PARQUET:
            return ParquetFile(path, schema)
        case ExportFormat.CSV:
            return CsvFile(path, schema, spreadsheet_safe=export.scope["spreadsheet_safe"])
        case ExportFormat.JSONL:
            return JsonLinesFile(path, schema)
        case ExportFormat.COCO:
            return CocoFile(path)
    return KeysFile(path)
