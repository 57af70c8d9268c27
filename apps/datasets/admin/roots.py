from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest

from apps.accounts.service_admin import ServiceAdmin, staff_actor
from apps.datasets.models import ResourceRootGrant
from apps.datasets.services import grant_resource_root, revoke_resource_root


class GrantForm(forms.ModelForm):  # type: ignore[type-arg]  # takes no argument at run time
    root = forms.ChoiceField(
        choices=lambda: [(name, name) for name in sorted(settings.CHROMA_RESOURCE_ROOTS)],
        help_text="The roots of CHROMA_RESOURCE_ROOTS. Every member of the project can see the files of a granted one.",
    )

    class Meta:
        model = ResourceRootGrant
        fields = ["project", "root"]


@admin.register(ResourceRootGrant)
class ResourceRootGrantAdmin(ServiceAdmin):
    form = GrantForm
    list_display = ["root", "project", "granted_by", "granted_at"]
    list_select_related = ["project", "granted_by"]
    search_fields = ["root", "project__namespace", "project__name"]
    raw_id_fields = ["project"]

    def has_change_permission(self, request: HttpRequest, obj: ResourceRootGrant | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: ResourceRootGrant, form: Any, change: bool) -> None:
        obj.pk = grant_resource_root(actor=staff_actor(request), project=obj.project, root=obj.root).pk

    def delete_model(self, request: HttpRequest, obj: ResourceRootGrant) -> None:
        revoke_resource_root(actor=staff_actor(request), grant=obj)
