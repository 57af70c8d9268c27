"""Reads a whole connection, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chroma_sdk._connection import Connection


def read_pages(connection: Connection, document: str, variables: Mapping[str, Any] | None = None) -> Iterator[Any]:
    """Yield the nodes of the document's one connection; pages are asked for as they are needed."""
    after: str | None = None
    while True:
        (page,) = connection.graphql(document, {**(variables or {}), "after": after}).values()
        for edge in page["edges"]:
            yield edge["node"]
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]
