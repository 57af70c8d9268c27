from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.accounts.service_admin import ServiceAdmin, staff_actor
from apps.projects.models import Membership, Role
from apps.projects.services import members


@admin.register(Membership)
class MembershipAdmin(ServiceAdmin):
    """Who works where. Somebody added here is invited, and is a member once they accept."""

    list_display = ["project", "user", "role", "invited_by", "invited_at", "accepted_at"]
    list_select_related = ["project", "user", "invited_by"]
    list_filter = ["role"]
    search_fields = ["user__username", "project__namespace", "project__name"]
    fields = ["project", "user", "role", "invited_by", "invited_at", "accepted_at"]
    autocomplete_fields = ["project", "user"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(project__deleted_at=None)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fixed = ["invited_by", "invited_at", "accepted_at"]
        return ["project", "user", *fixed] if obj else fixed

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        actor, role = staff_actor(request), Role(obj.role)
        if change:
            members.change_role(actor=actor, membership=self.stored(obj), role=role)
            return
        invited = members.invite_member(actor=actor, project=obj.project, username=obj.user.username, role=role)
        obj.pk = invited.pk

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        members.remove_member(actor=staff_actor(request), membership=obj)
