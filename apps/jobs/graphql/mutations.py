from __future__ import annotations

from typing import Any

import strawberry
from strawberry import ID, Info

from apps.common.graphql.context import actor_of
from apps.common.graphql.mutations import DeletedPayload, Payload, mutation
from apps.jobs import models, services
from apps.jobs.graphql.types import Job
from apps.projects import access
from apps.projects.models import Role


@strawberry.input
class CancelJobInput:
    id: ID


@strawberry.input
class RetryJobInput:
    id: ID


@strawberry.input
class DeleteJobInput:
    id: ID


@strawberry.type
class JobPayload(Payload):
    job: Job | None = None


@strawberry.type
class JobsMutation:
    @mutation(JobPayload)
    def cancel_job(self, info: Info[Any, Any], input: CancelJobInput) -> JobPayload:
        actor = actor_of(info)
        job = access.get(actor, models.Job, input.id, at_least=Role.EDITOR)
        return JobPayload(job=services.cancel_job(actor=actor, job=job))

    @mutation(JobPayload)
    def retry_job(self, info: Info[Any, Any], input: RetryJobInput) -> JobPayload:
        actor = actor_of(info)
        job = access.get(actor, models.Job, input.id, at_least=Role.EDITOR)
        return JobPayload(job=services.retry_job(actor=actor, job=job))

    @mutation(DeletedPayload)
    def delete_job(self, info: Info[Any, Any], input: DeleteJobInput) -> DeletedPayload:
        actor = actor_of(info)
        job = access.get(actor, models.Job, input.id, at_least=Role.EDITOR)
        services.delete_job(actor=actor, job=job)
        return DeletedPayload(deleted_id=input.id)
