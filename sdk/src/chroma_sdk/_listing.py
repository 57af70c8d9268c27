"""Lists of the server, read page by page when they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar, overload

from chroma_sdk._connection import Connection
from chroma_sdk._errors import NotFound

T = TypeVar("T")

PAGE = 100
SHOWN = 10
CHOICES = 20


class Listing(Sequence[T]):
    """A list on the server. Its length costs one request; the rest is read as far as it is looked at, and kept.

    Parameters
    ----------
    connection : Connection
    document : str
        Asks for one page.
    variables : Mapping
        What the document wants besides the page.
    make : callable
        Turns what the server says of an element into the element.
    page : int, optional
        How many are read at once.
    """

    def __init__(
        self,
        connection: Connection,
        document: str,
        variables: Mapping[str, Any],
        make: Callable[[Any], T],
        *,
        page: int | None = None,
    ) -> None:
        self._connection = connection
        self._document = document
        self._variables = variables
        self._make = make
        self._page = page or PAGE
        self._known: list[T] = []
        self._total: int | None = None
        self._after: str | None = None

    def __len__(self) -> int:
        if self._total is None:
            self._read_page()
        assert self._total is not None
        return self._total

    def __iter__(self) -> Iterator[T]:
        place = 0
        while place < len(self):
            yield self[place]
            place += 1

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> list[T]: ...
    def __getitem__(self, place: int | slice) -> T | list[T]:
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(len(self)))]
        number = place + len(self) if place < 0 else place
        while number >= len(self._known) and number < len(self):
            self._read_page()
        return self._known[number]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment] # like every list

    def __repr__(self) -> str:
        shown = ", ".join(repr(each) for each in islice(self, SHOWN))
        return f"[{shown}{f', … {len(self):,} in all' if len(self) > SHOWN else ''}]"

    def _read_page(self) -> None:
        asked = {**self._variables, "first": self._page, "after": self._after}
        (page,) = self._connection.graphql(self._document, asked).values()
        self._known += [self._make(edge["node"]) for edge in page["edges"]]
        self._after = page["pageInfo"]["endCursor"]
        # Others may add to the list or take from it meanwhile: the last page says where it ends.
        self._total = page["totalCount"] if page["pageInfo"]["hasNextPage"] else len(self._known)


def named(found: Sequence[T], name: str, *, noun: str, owner: str, attribute: str = "name") -> T:
    """Return the one of this name. Raises NotFound, which lists the choices."""
    for each in found:
        if getattr(each, attribute) == name:
            return each
    known = sorted(str(getattr(each, attribute)) for each in found)
    choices = ", ".join(known[:CHOICES]) or "none"
    more = f" and {len(known) - CHOICES:,} more" if len(known) > CHOICES else ""
    raise NotFound(f"{owner} has no {noun} {name!r}; it has {choices}{more}.", code="NOT_FOUND", field="name")
