from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from apps.datasets.models import Category
from apps.projects.models import Project


class CategoryNames:
    """The names of a project's categories by id."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._read()

    def of(self, ids: NDArray[np.integer[Any]]) -> Any:
        """The names as an Arrow array; null for 0 and for categories that were deleted."""
        if not np.isin(ids[ids != 0], self._ids).all():
            self._read()  # made since, or deleted
        places = np.searchsorted(self._ids, ids)
        known = np.isin(ids, self._ids)
        return self._names.take(pa.array(places, mask=~known))

    def name(self, id: int | None) -> str | None:
        names: list[str | None] = self.of(np.array([id or 0], dtype=np.int64)).to_pylist()
        return names[0]

    def _read(self) -> None:
        pairs = Category.objects.filter(project=self._project).order_by("pk").values_list("pk", "name")
        self._ids = np.array([pk for pk, _ in pairs], dtype=np.int64)
        self._names = pa.array([name for _, name in pairs], type=pa.string())
