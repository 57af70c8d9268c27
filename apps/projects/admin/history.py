from __future__ import annotations

from django.contrib import admin

from apps.accounts.service_admin import ReadOnlyAdmin
from apps.projects.models import AuditEntry


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """Who did what. Nobody edits it."""

    list_display = ["at", "actor_name", "action", "target_type", "target_name", "project_name"]
    search_fields = ["actor_name", "action", "target_name", "project_name"]
    list_per_page = 50
    fields = [
        "at",
        "actor_name",
        "token_prefix",
        "action",
        "target_type",
        "target_id",
        "target_name",
        "project_name",
        "before",
        "after",
    ]
