"""Rows that were fetched together, so that what is asked of each can be read for all at once.

GraphQL resolves row by row. A row fetched through a `PagedQuerySet` knows the page it came with, and `once_per_page`
lets its resolver read a count or a column for the whole page at the first row and remember it for the others.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)
T = TypeVar("T")


class Page(list[Any]):
    """The rows of one query and what was read for them."""

    def __init__(self, rows: list[Any]) -> None:
        super().__init__(rows)
        self.known: dict[str, Mapping[Any, Any]] = {}


class PagedQuerySet(models.QuerySet[M]):
    """A queryset whose rows know their page."""

    def _fetch_all(self) -> None:
        is_new = self._result_cache is None
        super()._fetch_all()
        rows: list[Any] = self._result_cache or []
        if is_new and rows and isinstance(rows[0], models.Model):
            page = Page(rows)
            for row in rows:
                row.page = page


def once_per_page(read: Callable[[list[M]], Mapping[Any, T]]) -> Callable[[M], T]:
    """Make a function of one row from one that reads all rows of a page, by primary key."""

    @functools.wraps(read)
    def of_one(row: M) -> T:
        page: Page | None = getattr(row, "page", None)
        if page is None:
            return read([row])[row.pk]
        name = f"{read.__module__}.{read.__qualname__}"
        if name not in page.known:
            page.known[name] = read(page)
        found: T = page.known[name][row.pk]
        return found

    return of_one
