from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from apps.accounts.service_admin import ServiceAdmin, staff_actor
from apps.analysis.models import Analysis
from apps.analysis.services import delete_analysis, rename_analysis


@admin.register(Analysis)
class AnalysisAdmin(ServiceAdmin):
    list_display = ["name", "project", "kind", "trained_model", "created_at", "finished_at"]
    list_filter = ["kind"]
    list_select_related = ["project", "trained_model__model_architecture"]
    search_fields = ["name", "project__namespace", "project__name"]
    fields = ["project", "kind", "name", "trained_model", "parameters", "summary", "notes", "created_at", "finished_at"]
    readonly_fields = [
        "project", "kind", "trained_model", "parameters", "summary", "notes", "created_at", "finished_at",
    ]  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Analysis, form: Any, change: bool) -> None:
        rename_analysis(actor=staff_actor(request), analysis=self.stored(obj), name=obj.name)

    def delete_model(self, request: HttpRequest, obj: Analysis) -> None:
        delete_analysis(actor=staff_actor(request), analysis=obj)
