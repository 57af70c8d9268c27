from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.accounts.models import PasswordLink, User
from apps.accounts.service_admin import ServiceAdmin, staff_actor
from apps.projects.services.passwords import create_password_link
from apps.projects.services.people import invite_user, update_user

# Rights are given by project, not by group.
admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(ServiceAdmin):
    """People. They are disabled, never deleted: their projects and history stay."""

    list_display = ["username", "email", "is_staff", "is_active", "last_login", "date_joined"]
    list_filter = ["is_staff", "is_active"]
    search_fields = ["username", "email"]
    fields = ["username", "email", "is_staff", "is_active", "last_login", "date_joined"]
    actions = ["make_link"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields if obj else ["username", "email", "is_staff"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["username", "last_login", "date_joined"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        actor = staff_actor(request)
        if change:
            update_user(
                actor=actor, user=self.stored(obj), email=obj.email, is_staff=obj.is_staff, is_active=obj.is_active
            )
            return
        user, secret = invite_user(actor=actor, username=obj.username, email=obj.email, is_staff=obj.is_staff)
        obj.pk = user.pk
        self._show_link(request, user, secret)

    @admin.action(description="Make a link to set a password", permissions=["change"])
    def make_link(self, request: HttpRequest, users: QuerySet[User]) -> None:
        for user in users.filter(is_active=True):
            purpose = PasswordLink.Purpose.RESET if user.has_usable_password() else PasswordLink.Purpose.INVITE
            secret = create_password_link(actor=staff_actor(request), user=user, purpose=purpose)
            self._show_link(request, user, secret)

    def _show_link(self, request: HttpRequest, user: User, secret: str) -> None:
        address = request.build_absolute_uri(f"/welcome/{secret}")
        self.message_user(
            request,
            f"Give this link to {user.username}; it is shown only now and works once, for 7 days: {address}",
            messages.WARNING,
        )
