"""What logging did."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Report:
    """What logging did.

    Attributes
    ----------
    added : int
        Datapoints with keys that the dataset did not have.
    updated : int
        Datapoints of which at least one field changed.
    unchanged : int
        Datapoints that already were as logged.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0

    def __add__(self, other: Report) -> Report:
        return Report(self.added + other.added, self.updated + other.updated, self.unchanged + other.unchanged)

    def __str__(self) -> str:
        return f"{self.added:,} added, {self.updated:,} updated, {self.unchanged:,} unchanged"
