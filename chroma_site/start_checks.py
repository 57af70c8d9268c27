"""Whether the data folder and what lies in it can be used: a server that cannot write says so at once, and where."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def make_folder(path: Path) -> None:
    try:
        path.mkdir(exist_ok=True)
    except OSError as problem:
        raise _unusable(path, problem) from problem


def write_once(path: Path, text: str) -> None:
    """Write a secret unless it is there: of two processes that start together, one does. It is whole or not there."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
        try:
            with os.fdopen(handle, "w") as file:
                file.write(text)
            os.link(part, path)
        except FileExistsError:
            return
        finally:
            part.unlink()
    except OSError as problem:
        raise _unusable(path, problem) from problem


def read_own(path: Path) -> str:
    try:
        return path.read_text()
    except OSError as problem:
        raise _unusable(path, problem) from problem


def check_database_file(path: Path) -> None:
    """Refuse a SQLite file, or a folder for it, that this user cannot read and write."""
    if path.is_dir():
        raise ImproperlyConfigured(
            f"DATABASE_URL: {path} is a folder. Name a file, as in sqlite:////srv/chroma.sqlite3."
        )
    if not path.parent.is_dir():
        raise ImproperlyConfigured(f"DATABASE_URL: there is no folder {path.parent}. Make it, or name another.")
    # SQLite keeps its log beside the file, and makes it anew at every start.
    beside = [place for place in (path, Path(f"{path}-wal"), Path(f"{path}-shm")) if place.exists()]
    for place in (path.parent, *beside):
        if not os.access(place, os.R_OK | os.W_OK):
            raise ImproperlyConfigured(
                f"The database cannot be used: {place} is not readable and writable by this user. "
                "Change its owner or mode."
            )


def _unusable(path: Path, problem: OSError) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"CHROMA_DATA_DIR: cannot use {path} ({problem.strerror}). Give the data folder to this user, on a disk with "
        "free space."
    )
