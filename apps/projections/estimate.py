"""How long a map will take and how much memory, before it is made."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from apps.datasets.models import DatapointRole
from apps.embeddings.models import EmbeddingSet
from apps.projections.methods import complete_parameters, get_method
from apps.projections.services import check_size, project_of_sources

MINUTE, HOUR, DAY = 60, 3600, 86_400
WARN_FROM, CONFIRM_FROM = 10 * MINUTE, HOUR
# Beyond so many cores the shared part gains nothing that one should promise.
MOST_CORES = 16
# Two threads are not twice as fast as one.
EFFICIENCY = 0.8
# What the compute process takes before it has any data.
BASE_MEMORY = 300 * 2**20


@dataclass(frozen=True)
class Estimate:
    """What a run takes on a machine like this one, with nothing else to do."""

    count: int
    seconds: float
    memory: int

    @property
    def text(self) -> str:
        """The time as people say it."""
        return f"about {spoken(self.seconds)}"

    @property
    def warning(self) -> str | None:
        """A sentence where one should think twice."""
        if self.seconds < WARN_FROM:
            return None
        return f"This takes {self.text}; other maps of this server wait meanwhile."

    @property
    def needs_confirmation(self) -> bool:
        return self.seconds >= CONFIRM_FROM


def estimate_projection(
    *,
    embedding_sets: Sequence[EmbeddingSet],
    method: str,
    parameters: dict[str, Any] | None = None,
    role: DatapointRole | None = None,
) -> Estimate:
    """Estimate a map's cost. Refuses what `run_projection` refuses."""
    chosen = get_method(method)
    complete = complete_parameters(chosen, parameters)
    project_of_sources(embedding_sets)
    n = check_size(chosen, complete, embedding_sets, role)
    cost = chosen.cost(n, embedding_sets[0].dimension, complete)
    cores = min(os.cpu_count() or 1, MOST_CORES)
    seconds = cost.alone + cost.shared / max(1.0, EFFICIENCY * cores)
    return Estimate(count=n, seconds=seconds, memory=int(BASE_MEMORY + cost.memory))


def spoken(seconds: float) -> str:
    """Seconds as one round number: "5 seconds", "4 minutes", "2 hours"."""
    if seconds < MINUTE:
        return f"{5 * max(1, round(seconds / 5))} seconds"
    if seconds < 2 * HOUR:
        return counted(round(seconds / MINUTE), "minute")
    if seconds < 2 * DAY:
        return counted(round(seconds / HOUR), "hour")
    return counted(round(seconds / DAY), "day")


def counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
