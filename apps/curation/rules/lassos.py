"""The lassos of a rule: their areas, step by step, as rows of each dataset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from apps.common.errors import BadUserInput
from apps.curation.compute import polygon
from apps.curation.rules.facts import Mask, uuid_of
from apps.curation.rules.rule import Lasso, LassoMode, Polygon
from apps.datasets.models import Dataset
from apps.projections.arrays import read_arrays
from apps.projections.models import ProjectionSet
from apps.projects.models import Project


class LassoedRows:
    """Reads each map once."""

    def __init__(self, project: Project, lassos: Sequence[Lasso]) -> None:
        self.lassos = lassos
        wanted = [pk for lasso in lassos if (pk := uuid_of(lasso.map_id)) is not None]
        maps = ProjectionSet.objects.filter(pk__in=wanted, project=project, finished_at__isnull=False)
        self._maps: Mapping[UUID | None, ProjectionSet] = maps.in_bulk()
        self._read: dict[UUID, _Map] = {}

    @property
    def map_ids(self) -> set[UUID]:
        """The maps of the project that are there to be read; they never change."""
        return {found.pk for found in self._maps.values()}

    def check(self) -> None:
        """Raise BadUserInput where the steps together would take longer than anybody should wait."""
        effort = 0
        for place, lasso in enumerate(self.lassos):
            found = self._map_of(lasso)
            effort += found.effort(lasso.polygon) if found else 0
            if effort > polygon.MOST_TESTS:
                at = f"rule.lassos[{place}].polygon"
                raise BadUserInput(f"{at} crosses itself too often for this many points.", field=at)

    def of(self, datasets: Sequence[Dataset]) -> dict[UUID, Mask]:
        """By dataset what the steps leave. Before the first one everywhere counts, unless it adds."""
        self.check()
        first_adds = self.lassos[0].mode != LassoMode.REMOVE
        found = {dataset.pk: np.full(dataset.next_row, not first_adds) for dataset in datasets}
        for lasso in self.lassos:
            found_map = self._map_of(lasso)
            inside = found_map.inside(lasso.polygon) if found_map else {}
            for dataset in datasets:
                if lasso.mode == LassoMode.REPLACE:
                    found[dataset.pk][:] = False
                rows = inside.get(dataset.pk, np.empty(0, dtype=np.uint32))
                found[dataset.pk][rows[rows < dataset.next_row]] = lasso.mode != LassoMode.REMOVE
        return found

    def _map_of(self, lasso: Lasso) -> _Map | None:
        found = self._maps.get(uuid_of(lasso.map_id))
        if found is None:
            return None
        if found.pk not in self._read:
            self._read[found.pk] = _Map(found)
        return self._read[found.pk]


class _Map:
    """The points of a map, ready to be tested."""

    def __init__(self, projection_set: ProjectionSet) -> None:
        self._source, self._row, x, y = read_arrays(projection_set, "source", "row", "x", "y")
        self._points = polygon.Points(x, y)
        sources = projection_set.sources.select_related("embedding_set")
        self._datasets = [(source.position, source.embedding_set.dataset_id) for source in sources]

    def effort(self, area: Polygon) -> int:
        return self._points.effort(area)

    def inside(self, area: Polygon) -> dict[UUID, NDArray[np.uint32]]:
        """By dataset the rows whose point lies in the polygon."""
        inside = self._points.inside(area)
        found: dict[UUID, NDArray[np.uint32]] = {}
        for position, dataset_id in self._datasets:
            rows = self._row[inside & (self._source == position)]
            found[dataset_id] = np.concatenate([found[dataset_id], rows]) if dataset_id in found else rows
        return found
