"""What logging did."""

from __future__ import annotations

from collections.abc import Mapping
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
    removed : int
        Objects that their image does not have any more.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> Report:
        """Read what a server says; what a newer one counts besides is left aside."""
        return cls(**{name: counts[name] for name in cls.__dataclass_fields__ if name in counts})

    def __add__(self, other: Report) -> Report:
        return Report(
            self.added + other.added,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            self.removed + other.removed,
        )

    def __str__(self) -> str:
        counts = f"{self.added:,} added, {self.updated:,} updated, {self.unchanged:,} unchanged"
        return f"{counts}, {self.removed:,} removed" if self.removed else counts
