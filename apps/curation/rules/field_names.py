"""Which facts of datapoints a rule can name, and what can be asked of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from apps.common.errors import BadUserInput
from apps.common.names import is_keepable
from apps.curation.rules.rule import Field

VALUES = ("only", "without")
LONGEST_FIELD = 300


@dataclass(frozen=True)
class FieldKind:
    """What may follow the name, how it is tested, and its values where they are fixed."""

    of: str = ""
    tests: tuple[str, ...] = VALUES
    values: tuple[str, ...] = ()


FIELD_KINDS: dict[str, FieldKind] = {
    "dataset": FieldKind(),
    "role": FieldKind(values=("context", "object")),
    "source": FieldKind(),
    "label": FieldKind(),
    "tag": FieldKind(),
    "inference": FieldKind(of="trained model id"),
    "agreement": FieldKind(of="trained model id", values=("agree", "disagree", "no-label", "no-inference")),
    "confidence": FieldKind(of="trained model id", tests=("range",)),
    "metadata": FieldKind(of="name", tests=(*VALUES, "range")),
    "score": FieldKind(of="analysis id>:<score name", tests=(*VALUES, "range")),
    "search": FieldKind(tests=("contains",)),
}
FORMS = ", ".join(f"{name}:<{kind.of}>" if kind.of else name for name, kind in FIELD_KINDS.items())


def parse_field(text: Any, *, at: str) -> Field:
    """The field of this name. Raises BadUserInput that lists the fields there are."""
    if not isinstance(text, str) or len(text) > LONGEST_FIELD or not is_keepable(text):
        raise _unknown(at)
    kind, colon, of = text.partition(":")
    known = FIELD_KINDS.get(kind)
    if known is None or bool(known.of) != bool(of) or (colon and not of):
        raise _unknown(at)
    if kind == "score" and not all(of.partition(":")):
        raise _unknown(at)
    return Field(kind, of)


def _unknown(at: str) -> BadUserInput:
    return BadUserInput(f"{at} must be one of: {FORMS}.", field=at)
