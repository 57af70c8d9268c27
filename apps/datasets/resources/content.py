"""The bytes of a resource, wherever they lie."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import BinaryIO

from apps.common.errors import LimitExceeded, NotFound
from apps.datasets.models import Resource, ResourceKind
from apps.datasets.resources.roots import open_in_root
from apps.storage.files import read_ranges

# Held in memory while it is sent.
LARGEST_SERVED = 64 * 1024 * 1024


@dataclass(frozen=True)
class Content:
    """Bytes that are read only when they are needed, and a name that changes with them."""

    resource: Resource
    etag: str
    # When it was opened: of a file that grows meanwhile no more is read.
    size: int
    _file: BinaryIO | None = None

    def read(self, start: int = 0, end: int | None = None) -> bytes:
        """The bytes from `start` up to `end`; fewer where a file in a root was cut short meanwhile."""
        count = (self.size if end is None else end) - start
        if count > LARGEST_SERVED:
            raise LimitExceeded(
                f"This file is larger than {LARGEST_SERVED // 2**20} MiB, which is too large to be shown."
            )
        if self._file is None:
            return read_ranges(self.resource, [(self.resource.offset + start, count)])[0]
        self._file.seek(start)
        return self._file.read(count)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


def open_content(resource: Resource) -> Content:
    """Open the resource's bytes. Raises NotFound where the server has none (texts, references, files that are gone)."""
    if resource.kind == ResourceKind.FILE:
        return Content(resource, etag=resource.sha256, size=resource.size)
    if resource.kind != ResourceKind.URI:
        raise NotFound("This resource has no file; its text is in GraphQL.")
    file = open_in_root(resource.project_id, resource.text)
    facts = os.fstat(file.fileno())
    etag = f"{facts.st_ino:x}-{facts.st_mtime_ns:x}-{facts.st_size:x}"
    return Content(resource, etag=etag, size=facts.st_size, _file=file)
