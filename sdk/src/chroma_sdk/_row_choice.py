"""Which rows of a dataset are meant: by role, tag and what is searched for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from chroma_sdk._arrow import read_column
from chroma_sdk._connection import Connection
from chroma_sdk._documents.datapoints import DATAPOINT_ROWS
from chroma_sdk._errors import InvalidArgument
from chroma_sdk._listing import Listing

# In the order of their codes in the column of roles.
ROLES = ("context", "object")

Rows = np.ndarray[Any, np.dtype[np.int64]]


def check_role(role: str | None) -> None:
    """Raise unless it is a role, or None for both."""
    if role not in (None, *ROLES):
        raise InvalidArgument("role", f"got {role!r}, wanted 'context', 'object' or None for both.")


def rows_of_role(connection: Connection, dataset_id: str, role: str | None) -> Rows:
    """Return the rows of a dataset's datapoints, ascending."""
    return keys_of_role(connection, dataset_id, role)[0]


def keys_of_role(connection: Connection, dataset_id: str, role: str | None) -> tuple[Rows, list[str]]:
    """Return the rows of a dataset's datapoints, ascending, and their keys."""
    keys = read_column(connection, dataset_id, "key")
    is_meant = keys.column("present").to_numpy() == 1
    if role is not None:
        roles = read_column(connection, dataset_id, "role").column("value").to_numpy()
        # More rows may have come between the two requests.
        is_meant = is_meant[: len(roles)] & (roles[: len(is_meant)] == ROLES.index(role))
    rows = np.flatnonzero(is_meant)
    return rows, list(keys.column("value").take(pa.array(rows)).to_pylist())


def tagged_rows(connection: Connection, dataset_id: str, tag_id: str, role: str | None) -> Rows:
    """Return the rows of those datapoints that carry a tag."""
    column = read_column(connection, dataset_id, f"tag:{tag_id}")
    tagged = np.flatnonzero(column.column("value").to_numpy() & column.column("present").to_numpy())
    return tagged if role is None else np.intersect1d(tagged, rows_of_role(connection, dataset_id, role))


def found_rows(connection: Connection, dataset_id: str, search: str, tag_id: str | None, role: str | None) -> Rows:
    """Return the rows of those datapoints whose key or text contains what is searched for."""
    rows: list[int] = []
    for each in ROLES if role is None else (role,):
        asked = {"datasetId": dataset_id, "search": search, "tagId": tag_id, "role": each.upper()}
        rows += Listing(connection, DATAPOINT_ROWS, asked, lambda node: int(node["row"]), page=500)
    return np.sort(np.array(rows, dtype=np.int64))
