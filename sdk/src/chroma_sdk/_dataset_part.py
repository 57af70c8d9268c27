"""What the parts of a dataset have in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chroma_sdk._noun import Noun

KEYS_IN_A_SELECTION = 100_000


class DatasetPart(Noun):
    """Some of the methods of `Dataset`, all about one subject."""

    name: str

    def _selections(self, keys: Any, at_most: int = KEYS_IN_A_SELECTION) -> Iterator[str]:
        """Select the datapoints with these keys, so many at once, and yield the ids of the selections."""
        for start in range(0, len(keys), at_most):
            asked = {"keys": {self.id: keys.slice(start, at_most).to_pylist()}}
            path = f"/bulk/v1/projects/{self._home.project_id}/selections"
            yield str(self._connection.request("POST", path, json=asked).json()["id"])
