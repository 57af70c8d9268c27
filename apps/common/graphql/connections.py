"""Cursor connections: every list of the API, a page at a time.

    @strawberry_django.type(Tag)
    class Tag:
        comments: ChromaConnection["Comment"] = connection()

    @strawberry.type
    class DatasetsQuery:
        @connection(ChromaConnection[Tag])
        def tags(self, info: Info, project_id: strawberry.ID | None = None) -> Iterable[Tag]:
            return models.Tag.objects.all()     # Tag.get_queryset narrows it to what the actor may see

At the root a connection needs the method; below a model's type the relation of its name does.

The page is cut in the database, by the ordering of the queryset (the model's where it gives none). A connection that is
nested below a list is fetched for all parents in one query. That query counts the children of every parent, so what is
numbered in millions (datapoints) is fetched parent by parent: see big_connections.py.
"""

from __future__ import annotations

import dataclasses
import inspect
from typing import Any, TypeVar

import strawberry
import strawberry_django
from django.db import DataError
from django.db.models import QuerySet
from strawberry import Info, relay
from strawberry.relay import NodeType, PageInfo
from strawberry.relay.types import NodeIterableType
from strawberry_django.fields.field import StrawberryDjangoField
from strawberry_django.optimizer import is_optimized_by_prefetching, mark_optimized_by_prefetching
from strawberry_django.relay import DjangoCursorConnection, DjangoCursorEdge
from strawberry_django.relay.cursor_connection import apply_cursor_pagination

from apps.common.errors import BadUserInput, LimitExceeded

DEFAULT_PAGE = 100
LARGEST_PAGE = 500
# What a cursor that a caller made up may raise: its JSON may be no JSON, nested too deep, or name what no column holds.
WRONG_CURSOR = (ValueError, RecursionError, OverflowError, DataError)

Rows = TypeVar("Rows", bound="QuerySet[Any]")


@strawberry.type(name="Edge", description="A node in a connection and the cursor that leads back to it.")
class ChromaEdge(DjangoCursorEdge[NodeType]):
    pass


@strawberry.type(
    name="Connection", description="A page of a list. Pages hold 100 nodes unless told otherwise, at most 500."
)
class ChromaConnection(DjangoCursorConnection[NodeType]):
    edges: list[ChromaEdge[NodeType]] = strawberry.field(description="The nodes of this page")  # type: ignore[assignment]

    @classmethod
    def resolve_connection(
        cls,
        nodes: NodeIterableType[NodeType],
        *,
        info: Info[Any, Any],
        before: str | None = None,
        after: str | None = None,
        first: int | None = None,
        last: int | None = None,
        max_results: int | None = None,
        **kwargs: Any,
    ) -> Any:
        first, last = page_of(first, last)
        try:
            page: Any = super().resolve_connection(
                ordered(nodes), info=info, before=before, after=after, first=first, last=last, max_results=LARGEST_PAGE
            )
        except WRONG_CURSOR as problem:
            if before is None and after is None:
                raise
            raise _wrong_cursor(before) from problem
        if not inspect.isawaitable(page):
            page.page_info = _whole_page_info(page, before=before, after=after)
        return page


class ChromaConnectionField(StrawberryDjangoField):
    """Cuts the pages of a nested connection for all its parents at once, with our page sizes."""

    def get_queryset(
        self,
        queryset: Rows,
        info: Info[Any, Any],
        *,
        _strawberry_related_field_id: str | None = None,
        first: int | None = None,
        last: int | None = None,
        before: str | None = None,
        after: str | None = None,
        **kwargs: Any,
    ) -> Rows:
        queryset = super().get_queryset(  # type: ignore[no-untyped-call]
            queryset, info, _strawberry_related_field_id=_strawberry_related_field_id, **kwargs
        )
        if _strawberry_related_field_id is None:
            return queryset
        first, last = page_of(first, last)
        try:
            pages, _ = apply_cursor_pagination(
                ordered(queryset),
                related_field_id=_strawberry_related_field_id,
                info=info,
                first=first,
                last=last,
                before=before,
                after=after,
                max_results=LARGEST_PAGE,
            )
        except WRONG_CURSOR as problem:
            raise _wrong_cursor(before) from problem
        return mark_optimized_by_prefetching(pages)


def connection(graphql_type: type[relay.Connection[Any]] | None = None, **kwargs: Any) -> Any:
    """`strawberry_django.connection` with our page sizes; see the head of this file."""
    return strawberry_django.connection(graphql_type, field_cls=ChromaConnectionField, **kwargs)


def ordered(rows: Any) -> Any:
    """The model's ordering said outright, with the primary key to break ties.

    Left to itself, cursor pagination adds the primary key in such a way that the model's own ordering is lost.
    """
    if not isinstance(rows, QuerySet) or rows.query.order_by or is_optimized_by_prefetching(rows):
        return rows
    fields = [name for name in rows.model._meta.ordering if name not in {"id", "pk", "-id", "-pk"}]
    last = "-pk" if {"-id", "-pk"} & set(rows.model._meta.ordering) else "pk"
    return rows.order_by(*fields, last)


def page_of(first: int | None, last: int | None) -> tuple[int | None, int | None]:
    """The page sizes asked for, checked; the default page where none is."""
    if first is not None and last is not None:
        raise BadUserInput("Give first or last, not both.", field="last")
    if first is None and last is None:
        return DEFAULT_PAGE, None
    name, size = ("first", first) if first is not None else ("last", last)
    assert size is not None
    if size < 0:
        raise BadUserInput(f"{name} must be 0 … {LARGEST_PAGE}, not {size}.", field=name)
    if size > LARGEST_PAGE:
        raise LimitExceeded(f"{name} must be at most {LARGEST_PAGE}, not {size}; fetch page by page.", field=name)
    return first, last


def _whole_page_info(page: Any, *, before: str | None, after: str | None) -> PageInfo:
    """Adds the direction that the page was not cut in: the node of a cursor stands beyond the page."""
    info: PageInfo = page.page_info
    return dataclasses.replace(
        info,
        has_previous_page=info.has_previous_page or after is not None,
        has_next_page=info.has_next_page or before is not None,
    )


def _wrong_cursor(before: str | None) -> BadUserInput:
    field = "after" if before is None else "before"
    return BadUserInput("This is no cursor of this list; pass one from pageInfo or an edge.", field=field)
