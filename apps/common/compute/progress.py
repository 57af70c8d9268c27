"""How array functions say what they are doing, and how they are told to stop."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any, Self, TypeAlias

from numpy.typing import NDArray


class Wish(Enum):
    """What a callback may ask for beside going on and cancelling."""

    STOP_HERE = "stop here"


class Counted(float):
    """A fraction that knows its counts: `Counted(83, 200)` is 0.415, and people read "83 of 200"."""

    done: int
    total: int

    def __new__(cls, done: int, total: int) -> Self:
        """Make the fraction done / total, 1 where nothing is to be done."""
        counted = super().__new__(cls, done / total if total else 1.0)
        counted.done, counted.total = done, total
        return counted


# callback(phase, fraction or None where it cannot be counted, positions or None); returning False cancels, returning
# Wish.STOP_HERE asks a layout to end where it is and to keep it.
Callback: TypeAlias = Callable[[str, float | None, NDArray[Any] | None], bool | Wish | None]


class Cancelled(Exception):
    """The callback asked the function to stop."""


def report(
    callback: Callback | None, phase: str, fraction: float | None = None, positions: NDArray[Any] | None = None
) -> bool:
    """Tell the callback, if there is one, and raise Cancelled where it returns False.

    Returns
    -------
    bool
        Whether the callback asks to end here and to keep what there is.
    """
    answer = None if callback is None else callback(phase, fraction, positions)
    if answer is False:
        raise Cancelled
    return answer is Wish.STOP_HERE
