"""The ways in which a server can make maps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ProjectionMethod:
    """A way to make a map.

    Attributes
    ----------
    name : str
        For ``run_projection(method=name)``.
    title, description, advice : str
        What it does, and when to choose it.
    available : bool
    unavailable_reason : str or None
        Why this server cannot run it.
    parameters : list of dict
        "name", "title", "description", "kind", "default", "minimum", "maximum" and "choices" of each.
    presets : list of dict
        "name", "title", "description" and "parameters" of each.
    engines : list of dict
        "name", "title", "description", "available" and "unavailableReason" of each.
    """

    name: str
    title: str
    description: str
    advice: str
    available: bool
    unavailable_reason: str | None
    parameters: list[dict[str, Any]]
    presets: list[dict[str, Any]]
    engines: list[dict[str, Any]]

    @classmethod
    def read(cls, stored: dict[str, Any]) -> ProjectionMethod:
        """Return the method as the server describes it."""
        return cls(
            unavailable_reason=stored["unavailableReason"],
            **{
                name: stored[name]
                for name in ("name", "title", "description", "advice", "available", "parameters", "presets", "engines")
            },
        )
