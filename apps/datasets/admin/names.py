from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from apps.accounts.service_admin import ServiceAdmin, staff_actor
from apps.datasets import services
from apps.datasets.models import Category, Tag


class NameAdmin(ServiceAdmin):
    """What belongs to a project and has a name."""

    list_display = ["name", "project", "created_at"]
    list_select_related = ["project"]
    search_fields = ["name", "project__namespace", "project__name"]
    fields = ["project", "name"]
    raw_id_fields = ["project"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["project"] if obj else []

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Say what goes without fetching it: a category may label a million datapoints."""
        return [str(each) for each in objs], {}, set(), []


@admin.register(Category)
class CategoryAdmin(NameAdmin):
    def save_model(self, request: HttpRequest, obj: Category, form: Any, change: bool) -> None:
        actor = staff_actor(request)
        if change:
            services.rename_category(actor=actor, category=self.stored(obj), name=obj.name)
        else:
            obj.pk = services.create_category(actor=actor, project=obj.project, name=obj.name).pk

    def delete_model(self, request: HttpRequest, obj: Category) -> None:
        services.delete_category(actor=staff_actor(request), category=obj)


@admin.register(Tag)
class TagAdmin(NameAdmin):
    def save_model(self, request: HttpRequest, obj: Tag, form: Any, change: bool) -> None:
        actor = staff_actor(request)
        if change:
            services.rename_tag(actor=actor, tag=self.stored(obj), name=obj.name)
        else:
            obj.pk = services.create_tag(actor=actor, project=obj.project, name=obj.name).pk

    def delete_model(self, request: HttpRequest, obj: Tag) -> None:
        services.delete_tag(actor=staff_actor(request), tag=obj)
