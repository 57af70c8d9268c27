"""How array functions say what they are doing, and how they are told to stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numpy.typing import NDArray

# callback(phase, fraction or None where it cannot be counted, positions or None); returning False cancels.
Callback = Callable[[str, float | None, NDArray[Any] | None], bool | None]


class Cancelled(Exception):
    """The callback asked the function to stop."""


def report(
    callback: Callback | None, phase: str, fraction: float | None = None, positions: NDArray[Any] | None = None
) -> None:
    """Tell the callback, if there is one, and raise Cancelled where it returns False."""
    if callback is not None and callback(phase, fraction, positions) is False:
        raise Cancelled
