"""Every way in which something is written, each as a client or a worker does it, and does it again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.truth.scene import Scene


@dataclass(frozen=True)
class WritePath:
    """One operation. `prepare` makes what it needs, and is no part of it."""

    name: str
    act: Callable[[Scene, Any], Any]
    prepare: Callable[[Scene], Any] = lambda scene: None
    # What the answer to a retry may say, whose first try had come through although its reply was lost.
    settled: frozenset[str] = frozenset()
    # What a retry makes a second time, harmlessly: nobody can know that it is the same wish.
    repeats: frozenset[str] = frozenset()
    # Jobs: their own rows are not what they make.
    is_job: bool = False
    # Goes forward in several transactions, each of which is sound.
    has_steps: bool = False


PATHS: list[WritePath] = []


def path(name: str, *, settled: set[str] = frozenset(), repeats: set[str] = frozenset(), **options: Any):
    """Register the decorated function as `act`; it gets the scene and what `prepare` returned."""

    def decorate(act):
        PATHS.append(WritePath(name, act, settled=frozenset(settled), repeats=frozenset(repeats), **options))
        return act

    return decorate


def done(payload: dict[str, Any]) -> set[str]:
    """The codes with which a mutation was refused."""
    return {error["code"] for error in payload["errors"]}
