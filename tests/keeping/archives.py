"""Looking into archives, and forging some whose checksum is right all the same."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

SEAL = 64


def rows_of(archive: Path) -> dict[str, list]:
    """The rows of every table, by key."""
    with zipfile.ZipFile(archive) as zipped:
        names = [name for name in zipped.namelist() if name.startswith("rows/")]
        found = {name: map(json.loads, zipped.read(name).splitlines()) for name in names}
        return {name: sorted(rows, key=lambda row: str(row[0])) for name, rows in found.items()}


def files_of(archive: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist() if name.startswith("files/")}


def manifest_of(archive: Path) -> dict:
    with zipfile.ZipFile(archive) as zipped:
        return json.loads(zipped.read("manifest.json"))


def forged(archive: Path, target: Path, change) -> Path:
    """The archive as `change(members, manifest)` makes it, sealed anew: members are a list of names and contents."""
    with zipfile.ZipFile(archive) as zipped:
        members = [(name, zipped.read(name)) for name in zipped.namelist() if name != "manifest.json"]
    manifest = manifest_of(archive)
    change(members, manifest)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in [*members, ("manifest.json", json.dumps(manifest).encode())]:
            zipped.writestr(name, content)
        zipped.comment = b"0" * SEAL
    body = buffer.getvalue()[:-SEAL]
    target.write_bytes(body + hashlib.sha256(body).hexdigest().encode())
    return target


def declared(name: str, content: bytes) -> dict:
    """A member as the manifest names it."""
    return {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
