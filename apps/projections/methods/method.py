"""A way to make a map: its function, its parameters, and what people are told of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from apps.common.errors import BadUserInput
from apps.projections.methods.parameter import Parameter

Parameters = dict[str, Any]


@dataclass(frozen=True)
class Preset:
    """Parameters that go together, by a name people understand."""

    name: str
    title: str
    description: str
    parameters: Parameters


@dataclass(frozen=True)
class Engine:
    """An implementation of a method."""

    name: str
    title: str
    description: str
    # Why it cannot be used on this server; gives None where it can.
    missing: Callable[[], str | None] = field(default=lambda: None)


@dataclass(frozen=True)
class Cost:
    """What a run takes: seconds of one core that threads share, seconds that they cannot share, and bytes."""

    shared: float
    alone: float
    memory: float

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.shared + other.shared, self.alone + other.alone, self.memory + other.memory)


@dataclass(frozen=True)
class Method:
    """One way to make a map in the background. `function` runs in the compute process."""

    name: str
    title: str
    description: str
    # When to choose it, in a sentence.
    advice: str
    function: str
    # Fewer vectors than this are refused.
    fewest: int
    has_seed: bool
    # Of n vectors of d dimensions with these parameters.
    cost: Callable[[int, int, Parameters], Cost]
    # Whether it takes a layout to start from, with rows of NaN for datapoints that have no place yet.
    takes_start: bool = False
    # How many neighbours it looks at, the vector itself included; None where it looks at none.
    n_neighbors: Callable[[int, Parameters], int] | None = None
    parameters: tuple[Parameter, ...] = ()
    presets: tuple[Preset, ...] = ()
    engines: tuple[Engine, ...] = ()
    # Why it cannot be used on this server; gives None where it can.
    missing: Callable[[], str | None] = field(default=lambda: None)
    # Raises BadUserInput where parameters do not go together.
    check: Callable[[Parameters], None] = field(default=lambda parameters: None)

    def can_start(self, parameters: Parameters) -> bool:
        """Whether a map with these parameters can start from another one's positions, which have two components."""
        return self.takes_start and parameters.get("n_components", 2) == 2 and parameters.get("engine") != "cuml"

    def refuse_if_missing(self, parameters: Parameters) -> None:
        """Raise where the method, or the engine asked for, is not on this server."""
        if (reason := self.missing()) is not None:
            raise BadUserInput(f"{self.title} cannot be used here. {reason}", field="method")
        engine = next((engine for engine in self.engines if engine.name == parameters.get("engine")), None)
        if engine is not None and (reason := engine.missing()) is not None:
            raise BadUserInput(f"The engine {engine.title} cannot be used here. {reason}", field="parameters.engine")
