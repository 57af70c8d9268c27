"""The newest layout of a map in the making, thinned, for those who wait for it: a picture, no part of the result."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from django.db import Error, connection
from django.utils import timezone
from numpy.typing import NDArray

from apps.jobs.compute.frames import shown_rows
from apps.jobs.models import Job
from apps.jobs.run import JobRun
from apps.projections.models import ProjectionGrowth, ProjectionSet
from apps.projections.vectors import Members

# Milliseconds that a layout waits for its turn to write in SQLite; the next one comes soon.
PATIENCE = 100
logger = logging.getLogger(__name__)


class Growth:
    """Shows the layouts of one attempt at a map, each in the place of the one before."""

    def __init__(self, run: JobRun, projection_set: ProjectionSet, members: Members) -> None:
        self.run = run
        self.projection_set = projection_set
        self.total = len(members.row)
        rows = shown_rows(self.total)
        self._source, self._row = members.source[rows], members.row[rows]
        self._placed: NDArray[np.bool_] | None = None
        self._number = 0

    def show(self, phase: str, fraction: float | None, positions: NDArray[np.float32]) -> None:
        """Show the positions of the `shown_rows`; those that are not finite have no place yet.

        Writes nothing where the job is no longer ours, and goes without where the database is busy.
        """
        placed: NDArray[np.bool_] = np.asarray(np.isfinite(positions).all(axis=1))
        if len(positions) != len(self._row) or not placed.any():
            return
        shown: dict[str, Any] = {
            "number": self._number + 1,
            "phase": phase[:120],
            "fraction": None if fraction is None else float(fraction),
            "positions": np.ascontiguousarray(positions[placed], dtype="<f4").tobytes(),
            "created_at": timezone.now(),
        }
        if self._placed is None or not np.array_equal(placed, self._placed):
            shown["source"] = np.ascontiguousarray(self._source[placed], dtype="<u2").tobytes()
            shown["row"] = np.ascontiguousarray(self._row[placed], dtype="<u4").tobytes()
        try:
            with _impatience(), self.run.transaction(frame_number=shown["number"]):
                self._write(shown)
        except Error:
            logger.info("Job %s: a layout in the making was not shown, the database is busy", self.run.job.pk)
            connection.close_if_unusable_or_obsolete()
            return
        self._number, self._placed = shown["number"], placed

    def _write(self, shown: dict[str, Any]) -> None:
        lease = self.run.job.lease
        assert lease is not None
        of_map = ProjectionGrowth.objects.filter(projection_set=self.projection_set.pk)
        if self._number:
            of_map.filter(lease=lease).update(**shown)
            return
        of_map.delete()
        ProjectionGrowth.objects.create(
            projection_set_id=self.projection_set.pk, lease=lease, total=self.total, **shown
        )


def forget_growth(job: Job) -> None:
    """Take away what an attempt showed that ended without a map."""
    ProjectionGrowth.objects.filter(projection_set__job=job).delete()


@contextmanager
def _impatience() -> Iterator[None]:
    """Fail soon where somebody else writes: SQLite has one writer, and the job has better things to do than wait."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        [before] = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {int(before)}")
