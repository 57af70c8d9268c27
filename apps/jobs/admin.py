from __future__ import annotations

from collections.abc import Callable

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.accounts.service_admin import staff_actor
from apps.common.errors import ChromaError
from apps.jobs import queue
from apps.jobs.models import Job, WorkerHeartbeat
from apps.jobs.services import cancel_job, retry_job

# Their pages show pickles and can call any function.
queue.unregister_admin_pages()


@admin.register(Job)
class JobAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # takes no argument at run time
    """Read-only, but for cancelling and running again."""

    list_display = ["title", "project", "kind", "lane", "state", "phase", "attempt", "created_at", "finished_at"]
    list_filter = ["state", "lane", "kind"]
    list_select_related = ["project"]
    search_fields = ["title", "project__namespace", "project__name"]
    # Counting all jobs for a page of them is slow where there are many.
    show_full_result_count = False
    actions = ["cancel", "run_again"]

    @admin.action(description="Cancel", permissions=["view"])
    def cancel(self, request: HttpRequest, jobs: QuerySet[Job]) -> None:
        self._each(request, jobs, cancel_job, "cancelled")

    @admin.action(description="Run again", permissions=["view"])
    def run_again(self, request: HttpRequest, jobs: QuerySet[Job]) -> None:
        self._each(request, jobs, retry_job, "queued again")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return False

    def _each(self, request: HttpRequest, jobs: QuerySet[Job], act: Callable[..., Job], done: str) -> None:
        for job in jobs.select_related("project"):
            try:
                act(actor=staff_actor(request), job=job)
            except ChromaError as problem:
                self.message_user(request, f"{job}: {problem}", messages.WARNING)
            else:
                self.message_user(request, f"{job}: {done}.")


@admin.register(WorkerHeartbeat)
class WorkerHeartbeatAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # as above
    list_display = ["host", "pid", "started_at", "seen_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: WorkerHeartbeat | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: WorkerHeartbeat | None = None) -> bool:
        return False
