from __future__ import annotations

from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Subquery, Window
from django.db.models.functions import RowNumber

from apps.common.names import clean_search, is_keepable
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
        words = clean_search(search)
        return self.filter(title__icontains=words) if is_keepable(words) else self.none()

    def active(self) -> Self:
        """Queued or running jobs."""
        return self.filter(state__in=["queued", "running"])

    def ended(self) -> Self:
        return self.exclude(state__in=["queued", "running"])

    def whole(self) -> Self:
        """Jobs that somebody asked for, without the parts that some are split into."""
        return self.filter(parent=None)

    def queued(self, lane: str) -> Self:
        """Queued jobs of a lane, the oldest first; not those that wait for their parts."""
        open_parts = self.model.objects.active().filter(parent=OuterRef("pk"))
        return self.filter(~Exists(open_parts), state="queued", lane=lane).order_by("queued_at", "id")

    def in_turn(self, lane: str) -> Self:
        """Queued jobs of a lane, the next one first: people take turns, whoever was served longest ago begins."""
        own = Window(RowNumber(), partition_by=F("requested_by"), order_by=["queued_at", "id"])
        served = (
            self.model.objects.filter(requested_by=OuterRef("requested_by"), lane=lane, started_at__isnull=False)
            .order_by("-started_at")
            .values("started_at")[:1]
        )
        return (
            self.queued(lane)
            .annotate(turn=own, served=Subquery(served))
            .order_by("turn", F("served").asc(nulls_first=True), "queued_at", "id")
        )
