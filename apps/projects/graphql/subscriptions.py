from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING, Annotated, Any

import strawberry
from strawberry import Info

from apps.common.errors import Unauthenticated
from apps.projects.news import newsroom

if TYPE_CHECKING:
    from apps.jobs.graphql.types import Job


@strawberry.type
class Change:
    """One thing that changed; fetch it anew where you show it."""

    seq: int
    kind: str
    target_type: str
    target_id: str
    version: int


@strawberry.type
class ProjectNews:
    """What happened since the event before. `seq` is where to resume: pass it as `after`."""

    seq: int
    changes: list[Change]
    jobs: list[Annotated[Job, strawberry.lazy("apps.jobs.graphql.types")]] = strawberry.field(
        description="The queued and running jobs that differ from what was sent before. The end of a job is a change."
    )
    resync: bool = strawberry.field(
        description="More happened since `after` than the feed remembers: load everything that you show anew."
    )


@strawberry.type
class ProjectsSubscription:
    @strawberry.subscription(description="Changes of one project after a seq, and the progress of its jobs.")
    async def project_changed(
        self, info: Info[Any, Any], project_id: strawberry.ID, after: int
    ) -> AsyncGenerator[ProjectNews, None]:
        credential = info.context.credential
        if credential is None:
            raise Unauthenticated("Subscribe through a WebSocket.")
        async with aclosing(newsroom.follow(credential, project_id, after)) as events:
            async for news in events:
                changes = [Change(**vars(novelty)) for novelty in news.changes]
                yield ProjectNews(seq=news.seq, changes=changes, jobs=news.jobs, resync=news.resync)
