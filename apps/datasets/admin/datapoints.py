from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

from apps.accounts.service_admin import ReadOnlyAdmin
from apps.datasets.models import Datapoint, Dataset

MOST_LISTED = 1_000


class FirstThousand(Paginator):  # type: ignore[type-arg]  # takes no argument at run time
    """Counts no further than a thousand: counting a million rows for each page takes longer than showing it."""

    @cached_property
    def count(self) -> int:
        rows = cast("QuerySet[Datapoint]", self.object_list)
        return len(rows.order_by().values_list("pk")[:MOST_LISTED])


@admin.register(Datapoint)
class DatapointAdmin(ReadOnlyAdmin):
    """To look up single datapoints. They are edited in the explorer, by those who work on the project."""

    list_display = ["key", "dataset", "row", "category", "role"]
    list_select_related = ["dataset", "category"]
    list_per_page = 50
    paginator = FirstThousand
    # Names the search box; get_search_results does it.
    search_fields = ["key"]
    search_help_text = "The beginning of a key."
    ordering = ["-pk"]
    raw_id_fields = ["dataset", "resource", "category", "logged_category", "parent"]

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> tuple[Any, bool]:
        """By the beginning of the key, along the index on dataset and key."""
        if not search_term:
            return queryset, False
        everywhere = Dataset.objects.values("pk")
        return queryset.filter(dataset__in=everywhere, key__gte=search_term, key__startswith=search_term), False
