"""The built front end: which files the shell page loads."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

ENTRY = "src/main.tsx"


@dataclass(frozen=True)
class Bundle:
    """Paths below /static/."""

    script: str
    styles: list[str]
    preloads: list[str]


def current_bundle() -> Bundle | None:
    """What Vite built last; None where nothing was built."""
    manifest = Path(settings.FRONTEND_DIST) / "manifest.json"
    try:
        return _read(manifest, manifest.stat().st_mtime_ns)
    except FileNotFoundError:
        return None


@lru_cache(maxsize=1)
def _read(manifest: Path, changed_at: int) -> Bundle:
    chunks: dict[str, dict[str, Any]] = json.loads(manifest.read_text())
    entry = chunks[ENTRY]
    imports = [chunks[name] for name in entry.get("imports", [])]
    return Bundle(
        script=entry["file"],
        styles=[path for chunk in [entry, *imports] for path in chunk.get("css", [])],
        preloads=[chunk["file"] for chunk in imports],
    )
