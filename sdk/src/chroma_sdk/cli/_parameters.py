"""Options of the form name=value."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import typer


def read_parameters(given: Sequence[str] | None) -> dict[str, Any]:
    """Return the parameters of a method; numbers are numbers."""
    return {name: _value(text) for name, text in read_pairs(given, "--parameter").items()}


def read_pairs(given: Sequence[str] | None, option: str) -> dict[str, str]:
    """Return the values by name."""
    pairs = {}
    for text in given or []:
        name, equals, value = text.partition("=")
        if not (name and equals):
            raise typer.BadParameter(f"got {text!r}, wanted name=value.", param_hint=option)
        pairs[name] = value
    return pairs


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
