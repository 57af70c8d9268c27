"""What an upload session declares before it sends anything."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import TextChoices

from apps.common.errors import BadUserInput, LimitExceeded
from apps.common.names import clean_name
from apps.datasets.models import BoxFormat, DatapointRole, ObjectSource

MOST_ROWS = 20_000
MOST_BYTES = 256 * 1024 * 1024
LARGEST_CHUNK = 8 * 1024 * 1024
MOST_CHUNKS = 4096
DIMENSIONS = range(2, 16_385)
MOST_CLASSES = 10_000
SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Declaration:
    """Everything is checked against it before anything is committed. Field names are those of `Upload`."""

    key: str
    row_count: int
    byte_count: int
    chunk_bytes: int
    dimension: int | None
    sha256: str
    model: str
    version: str
    layer: str
    classes: list[str] | None
    role: str
    source: str
    box_format: str

    @property
    def chunk_count(self) -> int:
        return -(-self.byte_count // self.chunk_bytes)

    def as_fields(self) -> dict[str, Any]:
        return asdict(self)


def read_declaration(data: dict[str, Any]) -> Declaration:
    """Check a declaration that came as JSON."""
    unknown = sorted(set(data) - set(Declaration.__dataclass_fields__))
    if unknown:
        name = unknown[0][:100]
        raise BadUserInput(f"{name!r} is not part of a declaration.", field=name)
    declaration = Declaration(
        key=_text(data, "key", at_most=100),
        row_count=_number(data, "row_count", 1, MOST_ROWS, hint="Split a larger log into several sessions."),
        byte_count=_number(data, "byte_count", 1, MOST_BYTES, hint="Send fewer rows in a session."),
        chunk_bytes=_number(data, "chunk_bytes", 1, LARGEST_CHUNK),
        dimension=None if data.get("dimension") is None else _number(data, "dimension", DIMENSIONS[0], DIMENSIONS[-1]),
        sha256=read_sha256(data.get("sha256"), "sha256"),
        model=_name(data, "model", default="default"),
        version=_name(data, "version", default="1"),
        layer=_name(data, "layer", default="default"),
        classes=_classes(data.get("classes")),
        **_object_facts(data),
    )
    if declaration.chunk_count > MOST_CHUNKS:
        raise LimitExceeded(f"This would take {declaration.chunk_count:,} chunks; at most {MOST_CHUNKS:,} are allowed.")
    return declaration


def read_sha256(value: Any, field: str) -> str:
    if not isinstance(value, str) or not SHA256.fullmatch(value.lower()):
        raise BadUserInput(f"{field} must be a SHA-256 checksum: 64 hexadecimal digits.", field=field)
    return value.lower()


def _number(data: dict[str, Any], field: str, at_least: int, at_most: int, *, hint: str | None = None) -> int:
    value = data.get(field)
    if not isinstance(value, int) or isinstance(value, bool) or not at_least <= value <= at_most:
        raise BadUserInput(f"{field} must be a whole number {at_least:,} … {at_most:,}.", field=field, hint=hint)
    return value


def _text(data: dict[str, Any], field: str, *, at_most: int) -> str:
    value = data.get(field)
    if not isinstance(value, str) or not 1 <= len(value) <= at_most or not value.isprintable():
        raise BadUserInput(f"{field} must be a text of 1 to {at_most} printable characters.", field=field)
    return value


def _name(data: dict[str, Any], field: str, *, default: str) -> str:
    value = data.get(field) or default
    if not isinstance(value, str):
        raise BadUserInput(f"{field} must be a text.", field=field)
    return clean_name(value, what=f"{field}=", field=field)


def _object_facts(data: dict[str, Any]) -> dict[str, str]:
    """Role, source and box format. The last two belong to objects alone."""
    role = _choice(data, "role", DatapointRole, DatapointRole.CONTEXT)
    if role == DatapointRole.OBJECT:
        source = _choice(data, "source", ObjectSource, ObjectSource.GROUND_TRUTH)
        return {"role": role, "source": source, "box_format": _choice(data, "box_format", BoxFormat, BoxFormat.XYWHN)}
    for field in ("source", "box_format"):
        if data.get(field):
            raise BadUserInput(f"{field} belongs to sessions of objects; declare the role 'object'.", field=field)
    return {"role": role, "source": "", "box_format": ""}


def _choice(data: dict[str, Any], field: str, choices: type[TextChoices], default: str) -> str:
    value = data.get(field) or default
    if value not in choices.values:
        raise BadUserInput(f"{field} must be one of {', '.join(choices.values)}.", field=field)
    return str(value)


def _classes(value: Any) -> list[str] | None:
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise BadUserInput("classes must be a list of category names.", field="classes")
    if not 1 <= len(value) <= MOST_CLASSES:
        raise BadUserInput(f"classes must name 1 to {MOST_CLASSES:,} categories, not {len(value):,}.", field="classes")
    names = [clean_name(name, what="A class", field="classes", at_most=200) for name in value]
    if len(set(names)) < len(names):
        twice = next(name for place, name in enumerate(names) if name in names[:place])
        raise BadUserInput(f"The class {twice!r} is named more than once.", field="classes")
    return names
