"""What a check found, how bad it is, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """A problem is something broken or lost; a warning is something to look after."""

    PROBLEM = "problem"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    level: Level
    message: str
    advice: str


Check = Callable[[], Iterator[Finding]]


def problem(message: str, advice: str) -> Finding:
    return Finding(Level.PROBLEM, message, advice)


def warning(message: str, advice: str) -> Finding:
    return Finding(Level.WARNING, message, advice)
