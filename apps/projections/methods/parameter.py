"""A parameter of a method: its bounds, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from apps.common.errors import BadUserInput


@dataclass(frozen=True)
class Parameter:
    """One parameter of a method. A default of None means that the method chooses."""

    name: str
    title: str
    description: str
    kind: Literal["integer", "number", "choice", "boolean"]
    default: int | float | str | bool | None
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] | None = None
    # Set by those who know what they do: folded away on the screen.
    is_advanced: bool = False

    def checked(self, value: Any) -> Any:
        """The value, of the right type and within bounds."""
        if value is None and self.default is None:
            return None
        if self.kind == "boolean":
            if not isinstance(value, bool):
                raise self._refusal(value, "true or false")
            return value
        if self.kind == "choice":
            if value not in (self.choices or ()):
                raise self._refusal(value, f"one of {', '.join(self.choices or ())}")
            return value
        assert self.minimum is not None
        assert self.maximum is not None
        noun = "a whole number" if self.kind == "integer" else "a number"
        wanted = f"{noun} from {self.minimum:g} to {self.maximum:g}"
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self._refusal(value, wanted)
        # NaN is within no bounds, and whole numbers beyond all floats are compared as they are.
        if not self.minimum <= value <= self.maximum or (self.kind == "integer" and value != int(value)):
            raise self._refusal(value, wanted)
        return int(value) if self.kind == "integer" else float(value)

    def _refusal(self, value: Any, wanted: str) -> BadUserInput:
        return BadUserInput(f"{self.name} must be {wanted}, not {str(value)[:80]!r}.", field=f"parameters.{self.name}")


def metrics(*choices: str) -> Parameter:
    """Of the methods that look at neighbours: how far vectors lie apart."""
    return Parameter(
        name="metric",
        title="Metric",
        description="The distance between vectors.",
        kind="choice",
        default="euclidean",
        choices=choices,
        is_advanced=True,
    )


COMPONENTS = Parameter(
    name="n_components",
    title="Components",
    description="With 3 a third component is stored beside x and y, for download; the map shows x and y.",
    kind="integer",
    default=2,
    minimum=2,
    maximum=3,
    is_advanced=True,
)
