"""What an archive says of itself: made by which version, which migrations, which members with which checksums."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field
from typing import Any, Self

PRODUCT = "chroma"
# Raised when archives are laid out differently. A newer one is refused, older ones are read for ever.
FORMAT = 1
MANIFEST = "manifest.json"
FILES = "files/"
# Names of plain files in plain folders: no way up, no root, no drive, nothing hidden.
PLAIN_NAME = re.compile(r"\w[\w-]*(\.[\w-]+)*(/\w[\w-]*(\.[\w-]+)*)*", re.ASCII)


@dataclass(frozen=True)
class Member:
    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Table:
    """The rows of one model: `member` has one line a row, with the values of `columns`."""

    model: str
    member: str
    columns: list[str]
    rows: int
    # The highest number that the key's sequence has given: not one that was given and deleted is given again.
    last_number: int | None = None


@dataclass(frozen=True)
class Manifest:
    version: str
    created_at: str
    database: str
    migrations: list[tuple[str, str]]
    tables: list[Table]
    members: list[Member]
    # Files that were missing or damaged already, with what was found.
    damaged: dict[str, str] = field(default_factory=dict)
    product: str = PRODUCT
    format: int = FORMAT

    def dump(self) -> bytes:
        return json.dumps(asdict(self), indent=1).encode()

    @classmethod
    def load(cls, content: dict[str, Any]) -> Self:
        """Raises KeyError, TypeError or ValueError for what is no manifest."""
        tables = [Table(**table) for table in content.pop("tables")]
        members = [Member(**member) for member in content.pop("members")]
        migrations = [(str(app), str(name)) for app, name in content.pop("migrations")]
        manifest = cls(**content, tables=tables, members=members, migrations=migrations)
        names = [member.name for member in manifest.members]
        if not all(PLAIN_NAME.fullmatch(name) for name in names) or len(set(names)) != len(names):
            raise ValueError("member names")
        if any(type(member.size) is not int or member.size < 0 for member in manifest.members):
            raise ValueError("member sizes")
        if not {table.member for table in manifest.tables} <= set(names):
            raise ValueError("members of tables")
        return manifest

    def files(self) -> list[Member]:
        """The members that are stored files."""
        return [member for member in self.members if member.name.startswith(FILES)]
