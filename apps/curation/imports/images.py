"""Images that came along in an archive: found by the rows that name them, stored before these are logged."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import pyarrow as pa

from apps.accounts.actor import Actor
from apps.curation.imports.sources import Archive
from apps.datasets.services.files import LARGEST_REQUEST, store_files
from apps.projects.models import Project

# Room for the checksums and names beside the contents.
LOT_BYTES = LARGEST_REQUEST - 1024 * 1024
SCHEMA = pa.schema([("sha256", pa.string()), ("name", pa.string()), ("content", pa.large_binary())])
LONGEST_NAME = 500


class Images:
    """Says which file each row means, and stores every one of them once."""

    def __init__(self, archive: Archive | None) -> None:
        self._archive = archive
        self._stored: dict[str, str] = {}

    def named(self, files: pa.Array) -> set[str]:
        """Those of the names that the archive has a file for."""
        if self._archive is None:
            return set()
        return {name for name in files.drop_null().unique().to_pylist() if self._archive.find(name)}

    def store(self, files: pa.Array, *, actor: Actor, project: Project) -> pa.Array:
        """The checksums of the files, which are on the server from now on. Names that the archive lacks stay."""
        if self._archive is None:
            return files
        names = files.to_pylist()
        found = {name: self._archive.find(name) for name in dict.fromkeys(names) if name is not None}
        self._store_members({member for member in found.values() if member} - self._stored.keys(), actor, project)
        return pa.array([name and self._stored.get(found[name] or "", name) for name in names], type=pa.string())

    def _store_members(self, members: Iterable[str], actor: Actor, project: Project) -> None:
        assert self._archive is not None
        lot: list[tuple[str, str, bytes]] = []
        size = 0
        for member in sorted(members):
            if lot and size + self._archive.size(member) > LOT_BYTES:
                _send(lot, actor, project)
                lot, size = [], 0
            content = self._archive.read(member)
            self._stored[member] = hashlib.sha256(content).hexdigest()
            lot.append((self._stored[member], member[-LONGEST_NAME:], content))
            size += len(content)
        if lot:
            _send(lot, actor, project)


def _send(lot: list[tuple[str, str, bytes]], actor: Actor, project: Project) -> None:
    columns = zip(*lot, strict=True)
    table = pa.table(
        [pa.array(values, type=field.type) for values, field in zip(columns, SCHEMA, strict=True)], schema=SCHEMA
    )
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    store_files(actor=actor, project=project, content=sink.getvalue().to_pybytes())
