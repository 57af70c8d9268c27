"""Checks of the names by which a dataset is told what it is and where embeddings come from."""

from __future__ import annotations

from chroma_sdk._errors import InvalidArgument
from chroma_sdk._origin import Origin

KINDS = ("training", "test", "validation", "production", "other")


def check_name(name: object, example: str) -> None:
    """Raise unless it is a text with something in it."""
    if not isinstance(name, str) or not name.strip():
        raise InvalidArgument("name", f"got {name!r}, wanted a name such as {example}.")


def check_kind(kind: str | None) -> str | None:
    """Return the kind of a dataset, or None where it is left open."""
    if kind is not None and kind not in KINDS:
        raise InvalidArgument("kind", f"got {kind!r}, wanted one of {', '.join(KINDS)}.")
    return kind


def as_kind(kind: str) -> str:
    """Return the kind as the server spells it."""
    return str(check_kind(kind)).upper()


def origin_of(model: str | int | None, version: str | int | None, layer: str | int | None) -> Origin:
    """Return where inferences and embeddings come from; None is the server's default."""
    return Origin(_name("model", model), _name("version", version), _name("layer", layer))


def _name(argument: str, value: str | int | None) -> str:
    if value is None:
        return ""
    name = str(value).strip()
    if not 1 <= len(name) <= 100:
        raise InvalidArgument(argument, f"got {value!r}, wanted a name of 1 to 100 characters.")
    return name
