"""What a job's body gets: its job, who asked for it, and the ways to report, to compute and to commit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from apps.accounts.actor import Actor
from apps.common.errors import ChromaError, Forbidden
from apps.jobs import leases
from apps.jobs.calculator import calculator
from apps.jobs.keeper import Keeper
from apps.jobs.models import Job
from apps.jobs.parameters import Parameters
from apps.jobs.registry import KINDS
from apps.jobs.scratch import Scratch
from apps.projects import access


class JobRun:
    """One attempt at a job."""

    def __init__(self, job: Job, keeper: Keeper, scratch: Scratch) -> None:
        self.job = job
        self.scratch = scratch
        self.is_committed = False
        self._keeper = keeper
        self._phase = ""

    @property
    def parameters(self) -> Parameters:
        return Parameters(self.job.project, self.job.parameters)

    @property
    def actor(self) -> Actor | None:
        """Who asked for the job; None where that account is gone."""
        return Actor(user=self.job.requested_by) if self.job.requested_by else None

    def authorise(self) -> None:
        """Raise Forbidden unless who asked for the job may do so still: asked at its start and at every commit."""
        at_least = KINDS[self.job.kind].at_least
        if at_least is None:
            return
        if self.actor is None:
            raise Forbidden("The account that asked for this job is gone.")
        try:
            access.require_role(self.actor, self.job.project, at_least)
        except ChromaError as problem:
            raise Forbidden(f"{self.actor.user.username} may no longer do this in the project.") from problem

    def progress(self, phase: str, done: int = 0, total: int | None = None) -> None:
        """Say what is being done and how much of it: counted work, or no total where it cannot be counted.

        Raises where the job was cancelled or is no longer ours, so that bodies stop at their next word.
        """
        if phase != self._phase:
            self._phase = phase
            self._keeper.add_line(f"{phase}.")
        self._keeper.report(phase, done, total)
        self.check_cancelled()

    def log(self, sentence: str) -> None:
        self._keeper.add_line(sentence)

    def check_cancelled(self) -> None:
        if self._keeper.is_lost:
            raise leases.LeaseLost
        if self._keeper.is_cancelled:
            raise leases.CancelRequested

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A transaction that writes a part of the result, under our lease."""
        with transaction.atomic():
            leases.fence(self.job)
            self.authorise()
            yield

    @contextmanager
    def afterword(self) -> Iterator[None]:
        """A transaction that tells how far a job came that stops: whoever cancelled it, whatever its asker may."""
        with transaction.atomic():
            leases.hold(self.job)
            yield

    @contextmanager
    def commit(self) -> Iterator[None]:
        """The transaction that writes the result and marks the job done: both, or neither."""
        self._keeper.flush()
        with transaction.atomic():
            leases.finish(self.job)
            self.authorise()
            yield
        self.is_committed = True

    def compute(
        self, function: str, *arrays: Any, phase: str, named: dict[str, Any] | None = None, **arguments: Any
    ) -> Any:
        """Call a function of a `compute` package in the warm compute process, with numpy arrays.

        `function` is written as in "apps.projections.compute.umap:umap"; `named` are arrays passed by name. It gives an
        array, or a dictionary whose values may be arrays. Its progress becomes the job's.
        """
        return calculator.call(
            function,
            arrays,
            arguments,
            named=named,
            scratch=self.scratch,
            on_progress=lambda at, fraction: self.progress(at or phase, *_counted(fraction)),
            on_tick=self.check_cancelled,
        )


def _counted(fraction: float | None) -> tuple[int, int | None]:
    return (0, None) if fraction is None else (round(fraction * 1000), 1000)
