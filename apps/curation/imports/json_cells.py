"""Cells that hold JSON: as text, or as the nested values of typed formats."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa

from apps.curation.imports import kinds

BY_TYPE = {bool: kinds.BOOLEAN, int: kinds.INTEGER, float: kinds.NUMBER}


def parsed(value: Any) -> Any:
    """The value in a cell. Raises ValueError for text that is no JSON."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except RecursionError as problem:
        raise ValueError("nested too deep") from problem


def keys_in(values: pa.Array) -> dict[str, str]:
    """The names that the objects in a column have, and the kind of the values under each; wrong ones come up later."""
    found: dict[str, str] = {}
    for value in values.to_pylist():
        try:
            record = parsed(value)
        except ValueError:
            continue
        if isinstance(record, dict):
            for name, each in record.items():
                if each is not None:
                    kind = BY_TYPE.get(type(each), kinds.TEXT)
                    found[name] = kinds.merged(found.get(name), kind) or kind
    return found
