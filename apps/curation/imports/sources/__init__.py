"""Reading files of any known format as one: named columns, and tables of some thousand rows each."""

from __future__ import annotations

from apps.curation.imports.sources.archive import Archive
from apps.curation.imports.sources.opening import open_file
from apps.curation.imports.sources.source import Source

__all__ = ["Archive", "Source", "open_file"]
