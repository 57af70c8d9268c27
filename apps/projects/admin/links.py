from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.accounts.models import PasswordLink
from apps.accounts.service_admin import ReadOnlyAdmin, staff_actor
from apps.projects.services.passwords import withdraw_password_link


@admin.register(PasswordLink)
class PasswordLinkAdmin(ReadOnlyAdmin):
    """The one-time links that were made. Their secrets are stored nowhere; make another on the user's page."""

    list_display = ["user", "purpose", "created_by", "created_at", "expires_at", "used_at"]
    list_select_related = ["user", "created_by"]
    list_filter = ["purpose"]
    search_fields = ["user__username"]
    fields = ["user", "purpose", "created_by", "created_at", "expires_at", "used_at"]
    actions = ["withdraw"]

    @admin.action(description="Withdraw", permissions=["view"])
    def withdraw(self, request: HttpRequest, links: QuerySet[PasswordLink]) -> None:
        for link in links.select_related("user"):
            withdraw_password_link(actor=staff_actor(request), link=link)
            self.message_user(request, f"{link}: withdrawn.")
