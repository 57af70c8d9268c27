from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.accounts.models import ApiToken
from apps.accounts.service_admin import ReadOnlyAdmin, staff_actor
from apps.common.errors import ChromaError
from apps.projects.services.tokens import revoke_api_token


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    """Everybody's tokens, to see when they were used and to revoke them. Secrets are stored nowhere."""

    list_display = ["user", "name", "prefix", "scope", "created_at", "expires_at", "revoked_at", "last_used_at"]
    list_select_related = ["user"]
    list_filter = ["scope"]
    search_fields = ["user__username", "name", "prefix"]
    fields = ["user", "name", "prefix", "scope", "project_id", "created_at", "expires_at", "revoked_at", "last_used_at"]
    actions = ["revoke"]

    @admin.action(description="Revoke", permissions=["view"])
    def revoke(self, request: HttpRequest, tokens: QuerySet[ApiToken]) -> None:
        for token in tokens:
            try:
                revoke_api_token(actor=staff_actor(request), token=token)
            except ChromaError as problem:
                self.message_user(request, f"{token}: {problem}", messages.WARNING)
            else:
                self.message_user(request, f"{token}: revoked.")
