from __future__ import annotations

from apps.curation.models.export import Export, ExportFormat, ExportRows
from apps.curation.models.selection import Selection, SelectionRows

__all__ = ["Export", "ExportFormat", "ExportRows", "Selection", "SelectionRows"]
