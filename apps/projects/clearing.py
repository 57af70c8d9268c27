"""What becomes of a deleted project: nobody sees it from then on, and a job clears it away.

Jobs stand to the right of projects, so they say by themselves what starts that job:

    @clears_deleted_projects
    def enqueue_clearing(actor: Actor, project: Project) -> None: ...
"""

from __future__ import annotations

from collections.abc import Callable

from apps.accounts.actor import Actor
from apps.projects.models import Project

Starter = Callable[[Actor, Project], None]

_starters: list[Starter] = []


def clears_deleted_projects(starter: Starter) -> Starter:
    """Register what runs, in the transaction of the deletion, so that the project is cleared away."""
    _starters.append(starter)
    return starter


def start_clearing(actor: Actor, project: Project) -> None:
    for starter in _starters:
        starter(actor, project)
