"""Makes one vector for each datapoint out of what a layer puts out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from chroma_sdk._errors import InvalidArgument

Pool = str | Callable[[Any], Any]
POOLS = ("mean", "max", "first", "flatten")


def check_pool(pool: Pool) -> Pool:
    """Return a way to reduce outputs; raise for a word that is none."""
    if callable(pool) or pool in POOLS:
        return pool
    raise InvalidArgument("pool", f"got {pool!r}, wanted {', '.join(POOLS)} or a function from output to (n, d).")


def as_rows(output: Any, pool: Pool) -> Any:
    """Return a layer's output as (n, d): a tensor or array of the kind that came in.

    Of several outputs the first array counts: `output, state` of a recurrent layer, `last_hidden_state` of a
    transformer. Two axes stay as they are. Of three, (n, tokens, features), "mean" and "max" go over the tokens and
    "first" takes the first of them; of more, (n, channels, height, width, …), all three go over what follows the
    channels. "flatten" keeps every number. A function gets the whole output.
    """
    if callable(pool):
        return _checked(pool(output))
    found = _first_array(output)
    if found is None:
        raise InvalidArgument("layers", f"a layer put out {type(output).__name__}, which holds no array.")
    if found.ndim <= 2:
        return _checked(found)
    n = found.shape[0]
    if pool == "flatten":
        return found.reshape(n, -1)
    if found.ndim > 3:
        return _pooled(found.reshape(n, found.shape[1], -1), pool, axis=2)
    return _pooled(found, pool, axis=1)


def _pooled(values: Any, pool: Pool, *, axis: int) -> Any:
    if pool == "first":
        return values[:, 0] if axis == 1 else values[:, :, 0]
    if pool == "mean":
        return values.mean(axis)
    return values.amax(axis) if hasattr(values, "amax") else values.max(axis)


def _first_array(output: Any) -> Any:
    if hasattr(output, "ndim") and hasattr(output, "shape"):
        return output
    parts = output.values() if isinstance(output, Mapping) else output
    if not isinstance(output, (Mapping, tuple, list)):
        return None
    return next((found for part in parts if (found := _first_array(part)) is not None), None)


def _checked(rows: Any) -> Any:
    if getattr(rows, "ndim", 0) != 2:
        shape = tuple(getattr(rows, "shape", ()))
        raise InvalidArgument("layers", f"a layer gave shape {shape}, wanted (n, d): one vector for each datapoint.")
    return rows
