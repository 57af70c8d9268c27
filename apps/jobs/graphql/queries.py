from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import strawberry
from strawberry import ID, Info

from apps.common.graphql.connections import ChromaConnection, connection
from apps.common.graphql.context import actor_of
from apps.jobs import models
from apps.jobs.graphql.types import Job
from apps.projects import access


@strawberry.type
class JobsQuery:
    @connection(ChromaConnection[Job], description="Newest first; `active` for those that are queued or running.")
    def jobs(
        self, project_id: ID | None = None, active: bool | None = None, search: str | None = None
    ) -> Iterable[Job]:
        jobs = models.Job.objects.whole()
        if project_id is not None:
            jobs = jobs.in_project(project_id)
        if search:
            jobs = jobs.titled(search)
        if active is None:
            return jobs
        return jobs.active() if active else jobs.ended()

    @strawberry.field
    def job(self, info: Info[Any, Any], id: ID) -> Job | None:
        return access.get(actor_of(info), models.Job, id)
