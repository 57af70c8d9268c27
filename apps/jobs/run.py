"""What a job's body gets: its job, who asked for it, and the ways to report, to compute and to commit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

from django.db import transaction
from numpy.typing import NDArray

from apps.accounts.actor import Actor
from apps.common.compute.progress import Counted
from apps.common.errors import ChromaError, Forbidden
from apps.jobs import handover, leases, parts
from apps.jobs.calculator import OnFrame, calculator
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
        # Where the last layout was when it ended because people asked for what there was: its phase and fraction.
        self.stopped_at: tuple[str, float | None] | None = None
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
    def transaction(self, **news: object) -> Iterator[None]:
        """A transaction that writes a part of the result, under our lease, and news (fields) of the job itself."""
        with transaction.atomic():
            leases.fence(self.job, **news)
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

    def split(self, kind: str, parameters: Sequence[dict[str, Any]], *, handed: Mapping[str, NDArray[Any]]) -> NoReturn:
        """End this attempt; once a part for each of the parameters is done, the body runs again and finds `parts`."""
        files = handover.write_files(self.job, self.scratch, handed)
        self._keeper.flush()
        with transaction.atomic():
            parts.split_job(self.job, kind=kind, parameters=parameters, files=files)
            self.authorise()
        raise parts.WaitsForParts

    def parts(self, kind: str) -> list[Job]:
        """The parts of this kind that are done, in their order; none before the job was split."""
        return parts.done_parts(self.job, kind)

    def fetch(self, job: Job, name: str) -> NDArray[Any]:
        """An array that the job, our parent or a part of ours, has handed over; read from disk as it is needed."""
        return handover.fetch_array(job, name, self.scratch)

    def hand_over(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Commit a part whose result are these arrays."""
        files = handover.write_files(self.job, self.scratch, arrays)
        with self.commit():
            handover.name_files(self.job, files)

    def compute(
        self,
        function: str,
        *arrays: Any,
        phase: str,
        named: dict[str, Any] | None = None,
        on_frame: OnFrame | None = None,
        **arguments: Any,
    ) -> Any:
        """Call a function of a `compute` package in the warm compute process, with numpy arrays.

        `function` is written as in "apps.projections.compute.umap:umap"; `named` are arrays passed by name. It gives an
        array, or a dictionary whose values may be arrays. Its progress becomes the job's; `on_frame` is shown layouts
        in the making.
        """
        return calculator.call(
            function,
            arrays,
            arguments,
            named=named,
            scratch=self.scratch,
            on_progress=lambda at, fraction: self.progress(at or phase, *_counted(fraction)),
            on_tick=self._is_to_stop_here,
            on_frame=on_frame,
            on_stopped=self._has_stopped,
        )

    def _is_to_stop_here(self) -> bool:
        self.check_cancelled()
        return self._keeper.is_to_stop_here

    def _has_stopped(self, phase: str, fraction: float | None) -> None:
        self.stopped_at = (phase, fraction)


def _counted(fraction: float | None) -> tuple[int, int | None]:
    if isinstance(fraction, Counted):
        return fraction.done, fraction.total
    return (0, None) if fraction is None else (round(fraction * 1000), 1000)
