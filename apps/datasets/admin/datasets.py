from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.accounts.service_admin import ServiceAdmin, staff_actor
from apps.datasets import services
from apps.datasets.models import Dataset, DatasetKind


@admin.register(Dataset)
class DatasetAdmin(ServiceAdmin):
    list_display = ["name", "project", "kind", "datapoint_count", "object_count", "created_at"]
    list_filter = ["kind"]
    list_select_related = ["project"]
    search_fields = ["name", "project__namespace", "project__name"]
    fields = ["project", "name", "kind", "datapoint_count", "object_count", "created_at", "updated_at"]
    readonly_fields = ["project", "datapoint_count", "object_count", "created_at", "updated_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(deleted_at=None)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Dataset, form: Any, change: bool) -> None:
        dataset, actor = self.stored(obj), staff_actor(request)
        if obj.name != dataset.name:
            services.rename_dataset(actor=actor, dataset=dataset, name=obj.name)
        if obj.kind != dataset.kind:
            services.change_dataset_kind(actor=actor, dataset=dataset, kind=DatasetKind(obj.kind))

    def delete_model(self, request: HttpRequest, obj: Dataset) -> None:
        services.delete_dataset(actor=staff_actor(request), dataset=obj, confirm_name=obj.name)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Say what goes without fetching it: a dataset may hold a million datapoints."""
        lines = [
            f"{dataset} with {dataset.datapoint_count:,} datapoints and {dataset.object_count:,} objects in them"
            for dataset in objs
        ]
        return lines, {"datasets": len(lines)}, set(), []
