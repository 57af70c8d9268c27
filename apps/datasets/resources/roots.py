"""Files that lie in folders of the server, named `root:<name>/<path>`.

An administrator configures the roots (CHROMA_RESOURCE_ROOTS) and staff grants each to projects. Both are checked when
such a URI is logged, and again each time that it is served: grants are taken back, and folders change.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from apps.common.errors import NotFound
from apps.datasets.models import ResourceRootGrant

ROOT_URI = re.compile(r"root:([A-Za-z_][A-Za-z0-9_]*)/(.+)", re.DOTALL)
# Other URIs are references: shown and linked, never read by the server.
REFERENCE_SCHEMES = ("http", "https", "s3", "gs", "az")
LONGEST_URI = 2000


def is_root_uri(uri: str) -> bool:
    return uri.startswith("root:")


def granted_roots(project_id: UUID) -> dict[str, Path]:
    """The folders that the project may read from, by the names of their roots."""
    granted = ResourceRootGrant.objects.filter(project=project_id).values_list("root", flat=True)
    configured: dict[str, Path] = settings.CHROMA_RESOURCE_ROOTS
    return {name: configured[name] for name in granted if name in configured}


def uri_problem(uri: str, roots: dict[str, Path]) -> str | None:
    """What is wrong with a URI that somebody logs, as the end of a sentence; None where nothing is.

    `roots` are the project's granted ones.
    """
    if len(uri) > LONGEST_URI or any(ord(char) < 32 or ord(char) == 127 for char in uri):
        return f"must have at most {LONGEST_URI:,} characters and no control characters"
    if is_root_uri(uri):
        return _root_problem(uri, roots)
    scheme, colon, _ = uri.partition("://")
    if not colon or scheme.lower() not in REFERENCE_SCHEMES:
        forms = ", ".join(f"{name}://…" for name in REFERENCE_SCHEMES)
        return f"must be {forms} or root:<name>/<path> of a granted resource root"
    return _reference_problem(uri)


def open_in_root(project_id: UUID, uri: str) -> BinaryIO:
    """Open a regular file of a granted root for reading. Anything else is simply not found."""
    match = ROOT_URI.fullmatch(uri)
    root = granted_roots(project_id).get(match[1]) if match else None
    if match is None or root is None:
        raise _not_there()
    try:
        real_root = root.resolve(strict=True)
        inside = (real_root / match[2].lstrip("/")).resolve(strict=True).relative_to(real_root)
        return _open_below(real_root, inside.parts)
    except (OSError, ValueError, RuntimeError) as problem:
        raise _not_there() from problem


def _reference_problem(uri: str) -> str | None:
    """Browsers open references: none may lack its host, or show a password to everybody in the project."""
    try:
        parts = urlsplit(uri)
        host = parts.hostname
    except ValueError:
        host = None
    if not host:
        return "must name a host (or bucket) after ://"
    if "@" in parts.netloc:
        return "may hold no user name or password"
    return None


def _root_problem(uri: str, roots: dict[str, Path]) -> str | None:
    match = ROOT_URI.fullmatch(uri)
    if match is None or match[1] not in roots:
        allowed = ", ".join(f"root:{name}/" for name in sorted(roots)) or "none is granted to this project"
        return f"must start with a resource root of this project: {allowed}"
    parts = match[2].split("/")
    if ".." in parts or "\\" in match[2] or match[2].startswith("/"):
        return "must be a plain path inside its resource root, without '..', '\\' and a leading '/'"
    return None


def _open_below(folder: Path, parts: tuple[str, ...]) -> BinaryIO:
    """Walk down without following symbolic links: a part that was swapped for one since it was resolved fails."""
    if not parts:
        raise IsADirectoryError
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for part in parts[:-1]:
            below = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=handle)
            os.close(handle)
            handle = below
        # O_NONBLOCK: opening a named pipe must not wait for a writer.
        file = os.open(parts[-1], os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=handle)
    finally:
        os.close(handle)
    facts = os.fstat(file)
    # A hard link is the file itself: nobody can tell whether another of its names lies outside the root.
    if not stat.S_ISREG(facts.st_mode) or facts.st_nlink > 1:
        os.close(file)
        raise FileNotFoundError
    return os.fdopen(file, "rb")


def _not_there() -> NotFound:
    return NotFound("This is no regular file in a resource root that the project may read.")
