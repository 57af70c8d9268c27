from __future__ import annotations

from typing import Any

import strawberry
import strawberry_django
from django.db.models import QuerySet
from strawberry import Info, auto

from apps.accounts.graphql.types import User
from apps.common.graphql.context import actor_of
from apps.jobs import facts, models
from apps.projects import access
from apps.projects.graphql.types import Project

JobState = strawberry.enum(models.JobState)
Lane = strawberry.enum(models.Lane)


@strawberry.type
class JobParts:
    """How many parts a job was split into, and how many of them are in each state."""

    count: int
    queued: int
    running: int
    done: int
    failed: int
    cancelled: int


@strawberry_django.type(models.Job)
class Job:
    """One piece of background work."""

    id: strawberry.ID
    project: Project
    kind: auto
    title: auto
    lane: Lane
    state: JobState
    phase: auto
    done: int = strawberry_django.field(description="Counted work of the phase that is done.")
    total: int | None = strawberry_django.field(description="Of how much; null where the phase cannot be counted.")
    attempt: int
    error: str = strawberry_django.field(description="Why the job failed, in a sentence for people.")
    log: str = strawberry_django.field(description="What happened, one line each, with the time in UTC.")
    target_type: auto
    target_id: auto
    requested_by: User | None
    created_at: auto
    started_at: auto
    finished_at: auto
    parent: Job | None = strawberry_django.field(description="The job that this one does a part of.")
    stop_requested_at: auto
    frame_number: int = strawberry_django.field(
        description="Rises whenever there is something new to see of what the job makes, such as a layout that grows."
    )

    @strawberry_django.field(only=["done", "total"], description="done / total; null where total is.")
    def fraction(self, root: strawberry.Parent[models.Job]) -> float | None:
        return facts.fraction_of(root)

    @strawberry_django.field
    def max_attempts(self) -> int:
        return models.MAX_ATTEMPTS

    @strawberry_django.field(only=["state", "lane"], description="From 1, among the queued jobs of the lane.")
    def queue_position(self, root: strawberry.Parent[models.Job]) -> int | None:
        return facts.queue_position(root)

    @strawberry_django.field(
        only=["state", "kind", "cancel_requested_at", "parent"],
        description="Whether an editor or owner can cancel it now.",
    )
    def can_cancel(self, root: strawberry.Parent[models.Job]) -> bool:
        return facts.can_cancel(root)

    @strawberry_django.field(
        only=["state", "kind", "cancel_requested_at", "stop_requested_at"],
        description="Whether an editor or owner can ask for what it has by now, instead of the whole.",
    )
    def can_stop(self, root: strawberry.Parent[models.Job]) -> bool:
        return facts.can_stop(root)

    @strawberry_django.field(
        description="The parts that it was split into, which no list shows; null where it was not."
    )
    def parts(self, root: strawberry.Parent[models.Job]) -> JobParts | None:
        states = facts.part_states(root)
        return JobParts(count=states.total(), **{state: states[state] for state in models.JobState}) if states else None

    @strawberry_django.field(only=["state", "parent"], description="Whether an editor or owner can run it again.")
    def can_retry(self, root: strawberry.Parent[models.Job]) -> bool:
        return facts.can_retry(root)

    @classmethod
    def get_queryset(cls, queryset: QuerySet[models.Job], info: Info[Any, Any]) -> QuerySet[models.Job]:
        return access.visible(actor_of(info), queryset)
