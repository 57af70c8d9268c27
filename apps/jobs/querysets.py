from __future__ import annotations

from typing import TYPE_CHECKING, Self
from uuid import UUID

from apps.common.names import is_keepable
from apps.common.pages import PagedQuerySet

if TYPE_CHECKING:
    from apps.jobs.models import Job  # noqa: F401 - named in a string


class JobQuerySet(PagedQuerySet["Job"]):
    def in_project(self, project_id: str) -> Self:
        """Jobs of one project; none where that is no id."""
        try:
            return self.filter(project=UUID(project_id))
        except ValueError:
            return self.none()

    def titled(self, search: str) -> Self:
        """Jobs whose title contains the text, whatever its case."""
        return self.filter(title__icontains=search.strip()) if is_keepable(search) else self.none()

    def active(self) -> Self:
        """Queued or running jobs."""
        return self.filter(state__in=["queued", "running"])

    def ended(self) -> Self:
        return self.exclude(state__in=["queued", "running"])

    def queued(self, lane: str) -> Self:
        """Queued jobs of a lane, the next one first."""
        return self.filter(state="queued", lane=lane).order_by("queued_at", "id")
