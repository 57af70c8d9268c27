"""What was captured of one batch of datapoints, and how several batches become calls of `Dataset.log`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from chroma_sdk._errors import InvalidArgument
from chroma_sdk._strings import from_tensor


@dataclass
class Piece:
    """The datapoints of one `describe`: their facts, and what the model said of them."""

    keys: list[Any]
    # Arguments of `Dataset.log` that name the trained model.
    origin: dict[str, str | None] = field(default_factory=dict)
    # Arguments of `Dataset.log` with one value for each key, and the names of the columns of `probabilities`.
    facts: dict[str, Sequence[Any]] = field(default_factory=dict)
    classes: tuple[str, ...] | None = None
    # Layer -> (place of the device, rows): a model spread over several devices puts its rows out in parts.
    parts: dict[str, list[tuple[int, Any]]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.keys)

    def add_rows(self, layer: str, place: int, rows: Any) -> None:
        self.parts.setdefault(layer, []).append((place, rows))

    def row_count(self, layer: str) -> int:
        return sum(len(rows) for _, rows in self.parts.get(layer, []))

    def is_complete(self, layers: Sequence[str]) -> bool:
        return all(self.row_count(layer) == len(self) for layer in {*layers, *self.parts})

    def check_complete(self, layers: Sequence[str]) -> None:
        """Raise where a layer has not given one vector for each key."""
        for layer in [*layers, *self.parts]:
            count = self.row_count(layer)
            if count != len(self):
                raise InvalidArgument(
                    "keys",
                    f"{len(self):,} keys were described, but the layer {layer!r} gave {count:,} vectors for them. "
                    "Call describe() before the model, with one key for each row that goes through it.",
                )

    def vectors(self, layer: str) -> np.ndarray[Any, Any]:
        """Return the vectors of a layer, (n, d), in the order of the keys."""
        in_order = sorted(self.parts[layer], key=lambda part: part[0])
        return np.concatenate([np.asarray(from_tensor(rows)) for _, rows in in_order])

    @property
    def signature(self) -> object:
        """Pieces of the same signature can be logged by one call."""
        widths = tuple((layer, rows[0][1].shape[1], str(rows[0][1].dtype)) for layer, rows in self.parts.items())
        return frozenset(self.facts), self.classes, widths, tuple(self.origin.items())


def log_calls(pieces: Sequence[Piece]) -> list[dict[str, Any]]:
    """Return the arguments of `Dataset.log` for pieces of one signature: one call a layer, facts in the first."""
    keys = [key for piece in pieces for key in piece.keys]
    first = pieces[0]
    facts: dict[str, Any] = {name: _joined([piece.facts[name] for piece in pieces]) for name in first.facts}
    if first.classes is not None:
        facts["classes"] = list(first.classes)
    if not first.parts:
        return [{"keys": keys, **first.origin, **facts}]
    calls = [
        {"keys": keys, **first.origin, "layer": layer, "embeddings": _stacked(pieces, layer)} for layer in first.parts
    ]
    calls[0].update(facts)
    return calls


def listed(argument: str, values: Any, n: int | None = None) -> list[Any]:
    """Return the values as a list, one for each key."""
    if isinstance(values, (str, bytes)) or not hasattr(values, "__iter__"):
        raise InvalidArgument(argument, f"got {type(values).__name__}, wanted a sequence with one value for each key.")
    found = from_tensor(values)
    listed = found.tolist() if hasattr(found, "tolist") and argument != "files" else list(found)
    if n is not None and len(listed) != n:
        raise InvalidArgument(argument, f"got {len(listed):,} values for {n:,} keys.")
    return listed


def _stacked(pieces: Sequence[Piece], layer: str) -> np.ndarray[Any, Any]:
    return np.concatenate([piece.vectors(layer) for piece in pieces])


def _joined(parts: Sequence[Sequence[Any]]) -> Any:
    if all(isinstance(part, np.ndarray) for part in parts):
        return np.concatenate([np.asarray(part) for part in parts])
    return [value for part in parts for value in part]
