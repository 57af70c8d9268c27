"""Which kinds of job there are: each is a function in some app's `tasks.py`, registered by name.

@job("run_projection", lane=Lane.HEAVY)
def run_projection(run: JobRun) -> None: ...
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apps.jobs.models import Lane
from apps.projects.models import Role

if TYPE_CHECKING:
    from apps.jobs.models import Job
    from apps.jobs.run import JobRun

Body = Callable[["JobRun"], None]
LetGo = Callable[["Job"], object]


@dataclass(frozen=True)
class JobKind:
    name: str
    lane: Lane
    # The role that the requester must still have when the job starts; None for what goes on whoever leaves (deletions).
    at_least: Role | None
    # Whether people may stop it. Not a deletion: what it has hidden already would stay half deleted.
    is_cancellable: bool
    # Whether people may ask for what there is by now, instead of the whole.
    can_stop_here: bool
    # Takes away what an attempt showed, in the transaction in which it ends without a result.
    let_go: LetGo | None
    body: Body


KINDS: dict[str, JobKind] = {}


def job(
    name: str,
    *,
    lane: Lane,
    at_least: Role | None = Role.EDITOR,
    is_cancellable: bool = True,
    can_stop_here: bool = False,
    let_go: LetGo | None = None,
) -> Callable[[Body], Body]:
    """Register a function as the body of the jobs of this kind."""

    def decorate(body: Body) -> Body:
        assert name not in KINDS, f"Two jobs are called {name}"
        KINDS[name] = JobKind(
            name=name,
            lane=lane,
            at_least=at_least,
            is_cancellable=is_cancellable,
            can_stop_here=can_stop_here,
            let_go=let_go,
            body=body,
        )
        return body

    return decorate
