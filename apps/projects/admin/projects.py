from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.accounts.service_admin import ServiceAdmin, staff_actor
from apps.projects.models import Project
from apps.projects.services import projects


@admin.register(Project)
class ProjectAdmin(ServiceAdmin):
    """Projects as rows. Staff sees what is in them only as members."""

    list_display = ["__str__", "description", "created_by", "created_at"]
    list_select_related = ["created_by"]
    search_fields = ["namespace", "name"]
    fields = ["namespace", "name", "description", "created_by", "created_at"]
    readonly_fields = ["namespace", "created_by", "created_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(deleted_at=None)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Project, form: Any, change: bool) -> None:
        project, actor = self.stored(obj), staff_actor(request)
        if obj.name != project.name:
            projects.rename_project(actor=actor, project=project, name=obj.name)
        if obj.description != project.description:
            projects.update_project(actor=actor, project=project, description=obj.description)

    def delete_model(self, request: HttpRequest, obj: Project) -> None:
        projects.delete_project(actor=staff_actor(request), project=obj, confirm_name=obj.name)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Say what goes without fetching it: a project may hold millions of datapoints."""
        lines = [f"{project} and everything in it" for project in objs]
        return lines, {"projects": len(lines)}, set(), []
