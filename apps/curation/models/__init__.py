from __future__ import annotations

from apps.curation.models.export import Export, ExportFormat, ExportRows
from apps.curation.models.imports import Import, ImportChunk, ImportFormat, ImportState
from apps.curation.models.selection import Selection, SelectionRows

__all__ = [
    "Export",
    "ExportFormat",
    "ExportRows",
    "Import",
    "ImportChunk",
    "ImportFormat",
    "ImportState",
    "Selection",
    "SelectionRows",
]
