"""Rows as lines of JSON and back, each value of the type that it had."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models

from chroma_site.keeping.tables import Field

Convert = Callable[[Any], Any]

ENCODERS: dict[str, Convert] = {
    "UUIDField": str,
    "DateTimeField": datetime.isoformat,
    "DecimalField": str,
    "BinaryField": lambda value: base64.b64encode(value).decode(),
}
DECODERS: dict[str, Convert] = {
    "UUIDField": UUID,
    "DateTimeField": datetime.fromisoformat,
    "DecimalField": Decimal,
    "BinaryField": base64.b64decode,
}
# What JSON holds as it is. A field of another type must be taught here first.
PLAIN = {
    "AutoField",
    "BigAutoField",
    "BigIntegerField",
    "BooleanField",
    "CharField",
    "EmailField",
    "FloatField",
    "IntegerField",
    "JSONField",
    "PositiveBigIntegerField",
    "PositiveIntegerField",
    "PositiveSmallIntegerField",
    "SmallIntegerField",
    "TextField",
}


class RowCodec:
    """Turns the values of these fields into one line and back."""

    def __init__(self, fields: Sequence[Field]) -> None:
        types = [_type_of(field) for field in fields]
        unknown = {name for name in types if name not in ENCODERS and name not in PLAIN}
        assert not unknown, f"{unknown} cannot be written to an archive yet"
        self._encoders = [(place, ENCODERS[name]) for place, name in enumerate(types) if name in ENCODERS]
        self._decoders = [(place, DECODERS[name]) for place, name in enumerate(types) if name in DECODERS]
        self._length = len(types)

    def encode(self, values: Sequence[Any]) -> bytes:
        row = list(values)
        for place, convert in self._encoders:
            if row[place] is not None:
                row[place] = convert(row[place])
        return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"

    def decode(self, line: bytes) -> list[Any]:
        row: Any = json.loads(line)
        if not isinstance(row, list) or len(row) != self._length:
            raise ValueError(f"a row has {self._length} values")
        for place, convert in self._decoders:
            if row[place] is not None:
                row[place] = convert(row[place])
        return list(row)


def _type_of(field: Field) -> str:
    """The kind of the value; a foreign key has that of the column it points to."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return field.get_internal_type()
