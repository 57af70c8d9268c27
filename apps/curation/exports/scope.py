"""What an export holds: what was asked, and the rows that this means."""

from __future__ import annotations

from typing import Any

import numpy as np
from pyroaring import BitMap

from apps.common.errors import NotFound
from apps.curation.models import Export, Selection
from apps.curation.services.slices import slice_rows
from apps.datasets import bitmaps
from apps.datasets.models import Datapoint, DatapointRole, Dataset, Slice

Scope = Dataset | Slice | Selection


def facts_of(scope: Scope) -> dict[str, Any]:
    """The scope by id and name, as the export keeps and shows it."""
    if isinstance(scope, Selection):
        return {"selection": {"id": str(scope.pk), "datapoints": scope.datapoint_count}}
    kind = "dataset" if isinstance(scope, Dataset) else "slice"
    return {kind: {"id": str(scope.pk), "name": scope.name}}


def rows_of(export: Export) -> dict[Dataset, BitMap]:
    """The rows to export as they are now, dataset by dataset, with or without the objects inside of them.

    Raises NotFound where what was to be exported was deleted meanwhile.
    """
    rows = {dataset: chosen for dataset, chosen in _chosen(export).items() if chosen}
    is_wanted = bool(export.scope["include_objects"])
    found = {dataset: _with_objects(dataset, chosen, is_wanted=is_wanted) for dataset, chosen in rows.items()}
    return {dataset: chosen for dataset, chosen in found.items() if chosen}


def _chosen(export: Export) -> dict[Dataset, BitMap]:
    scope = export.scope
    if "dataset" in scope:
        dataset = Dataset.objects.filter(pk=scope["dataset"]["id"], project=export.project, deleted_at=None).first()
        if dataset is None:
            raise NotFound(f"The dataset {scope['dataset']['name']!r} was deleted before it was exported.")
        return {dataset: bitmaps.load(dataset.alive)}
    if "slice" in scope:
        found = Slice.objects.filter(pk=scope["slice"]["id"], project=export.project).first()
        if found is None:
            raise NotFound(f"The slice {scope['slice']['name']!r} was deleted before it was exported.")
        return dict(slice_rows(found))
    parts = export.parts.filter(dataset__deleted_at=None).select_related("dataset").order_by("dataset__name")
    return {part.dataset: bitmaps.load(part.rows) & bitmaps.load(part.dataset.alive) for part in parts}


def _with_objects(dataset: Dataset, chosen: BitMap, *, is_wanted: bool) -> BitMap:
    """The chosen rows and the objects inside of them, or without any objects."""
    objects = bitmaps.load(dataset.object_rows)
    if not objects or not is_wanted:
        return chosen - objects
    pairs = Datapoint.objects.filter(dataset=dataset, role=DatapointRole.OBJECT).order_by("row")
    found = np.fromiter(
        pairs.values_list("row", "parent__row").iterator(chunk_size=10_000), dtype=np.dtype((np.uint32, 2))
    )
    inside = np.isin(found[:, 1], bitmaps.rows_of(chosen))
    return chosen | bitmaps.of_rows(found[inside, 0])
