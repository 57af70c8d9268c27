"""Maps whose positions the caller brings along."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from chroma_sdk._arrow import as_stream
from chroma_sdk._connection import Connection
from chroma_sdk._documents.maps import MAP
from chroma_sdk._embedding_set import EmbeddingSet
from chroma_sdk._errors import InvalidArgument
from chroma_sdk._vectors import as_matrix, check_finite


def send_positions(
    connection: Connection, project_id: str, *, sets: list[EmbeddingSet], positions: Any, name: str | None
) -> Any:
    """Store the positions as a map of these embedding sets and return it as the server describes it."""
    places = as_positions(positions, sum(found.embedding_count for found in sets))
    asked: dict[str, Any] = {"source": [found.id for found in sets]}
    if name is not None:
        asked["name"] = name
    batch = pa.record_batch({axis: column.copy() for axis, column in zip("xyz", places.T, strict=False)})
    path = f"/bulk/v1/projects/{project_id}/projection-sets"
    made = connection.request("POST", path, params=asked, content=as_stream(batch), repeatable=False).json()
    return connection.graphql(MAP, {"id": made["id"]})["projectionSet"]


def as_positions(positions: Any, n: int) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Return the positions as float32 of shape (n, 2) or (n, 3)."""
    places = as_matrix("positions", positions)
    if places.shape not in {(n, 2), (n, 3)}:
        raise InvalidArgument("positions", f"got shape {places.shape}, wanted ({n}, 2): a place for each embedding.")
    if places.dtype.kind not in "fiu":
        raise InvalidArgument("positions", f"got {places.dtype}, wanted numbers.")
    places = places.astype(np.float32)
    check_finite("positions", places)
    return places
