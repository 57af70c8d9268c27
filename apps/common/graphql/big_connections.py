"""Connections to what is numbered in millions, such as a dataset's datapoints."""

from __future__ import annotations

from typing import Any

import strawberry_django
from strawberry import Info, relay
from strawberry_django.optimizer import optimizer

from apps.common.graphql.connections import ChromaConnectionField, Rows


class BigConnectionField(ChromaConnectionField):
    """Fetched parent by parent, as one query for all parents would count every child of each.

    What lies below is fetched for the whole page, as everywhere.
    """

    def get_queryset(self, queryset: Rows, info: Info[Any, Any], **kwargs: Any) -> Rows:
        queryset = super().get_queryset(queryset, info, **kwargs)
        running = optimizer.get()
        return running.optimize(queryset, info=info) if running else queryset


def big_connection(graphql_type: type[relay.Connection[Any]], **kwargs: Any) -> Any:
    return strawberry_django.connection(graphql_type, field_cls=BigConnectionField, disable_optimization=True, **kwargs)
