"""Jobs in the news. They stand to the right of projects, so they report themselves:

@reports_active_jobs
def active_jobs(project_ids: Collection[UUID]) -> Iterable[ReportedJob]: ...
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class ReportedJob:
    """A queued or running job. It is news again whenever its fingerprint differs from the one sent last."""

    project_id: UUID
    id: UUID
    fingerprint: Hashable
    job: Any


Reporter = Callable[[Collection[UUID]], Iterable[ReportedJob]]

_reporters: list[Reporter] = []


def reports_active_jobs(reporter: Reporter) -> Reporter:
    _reporters.append(reporter)
    return reporter


def active_jobs(project_ids: Collection[UUID]) -> list[ReportedJob]:
    return [reported for reporter in _reporters for reported in reporter(project_ids)]
