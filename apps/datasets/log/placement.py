"""From the rows of a session of objects to objects with a key, a parent and a region.

A row without a box says that its parent has no objects of this source; it stands for no datapoint.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from apps.datasets.log.batch import LogBatch, check_keys_differ, check_vectors, vectors_of
from apps.datasets.log.boxes import IN_PIXELS, Boxes, as_corners, as_regions, beyond_edge
from apps.datasets.log.parents import Parents, find_parents
from apps.datasets.log.sources import sources
from apps.datasets.models import Dataset, ObjectSource

# What a row without a box may say all the same.
OF_PARENTS = {"parent", "box", "image_size", "embedding", "clear"}
LONGEST_NAMED_PARENT = 160


@dataclass(frozen=True)
class Placement:
    """The objects of a session: one for each row of `batch`, in its order."""

    batch: LogBatch
    parent_ids: NDArray[np.int64]
    resource_ids: NDArray[np.int64]
    regions: Boxes
    # Every parent that the session names, also those without a box.
    named_parents: Sequence[int]
    # The trained model that found them, and whether it is still to be made; None for ground truth.
    model_id: UUID | None
    is_new_model: bool

    @property
    def source(self) -> str:
        return str(self.model_id) if self.model_id else ""


def place_objects(sent: LogBatch, dataset: Dataset) -> Placement:
    """Check parents and boxes against the dataset as it is now, and give every object its key."""
    parents = find_parents(sent, dataset)
    has_box = sent.given("box")
    _check_empty_rows(sent, has_box, parents)
    at = np.flatnonzero(has_box)
    regions = _regions(sent, parents, has_box)[at]
    known = sources().find(sent.upload) if sent.upload.source == ObjectSource.MODEL else None
    is_new = known is None and sent.upload.source == ObjectSource.MODEL
    table = sent.table if has_box.all() else sent.table.take(pa.array(at))
    batch = LogBatch(dataset=dataset, upload=sent.upload, table=table, row_numbers=at)
    placement = Placement(
        batch=batch,
        parent_ids=parents.ids[at],
        resource_ids=parents.resource_ids[at],
        regions=regions,
        named_parents=np.unique(parents.ids).tolist(),
        model_id=uuid4() if is_new else known,
        is_new_model=is_new,
    )
    return replace(placement, batch=_with_keys(placement))


def region_json(region: NDArray[Any]) -> str:
    """A region as the database keeps it."""
    return "[" + ", ".join(map(repr, region.tolist())) + "]"


def _check_empty_rows(sent: LogBatch, has_box: NDArray[np.bool_], parents: Parents) -> None:
    """Who has no box has nothing else, and no box in another row."""
    said = np.isin(parents.ids, parents.ids[has_box]) & ~has_box
    sent.fail("box", said, "is null, so that this parent has no objects; but another row gives it a box.")
    for name in sent.table.column_names:
        if name not in OF_PARENTS:
            sent.fail(name, sent.given(name) & ~has_box, "is given, but there is no box.")


def _regions(sent: LogBatch, parents: Parents, has_box: NDArray[np.bool_]) -> Boxes:
    check_vectors(sent, "box")
    in_pixels = sent.upload.box_format in IN_PIXELS
    sizes = parents.sizes(sent) if in_pixels else np.ones((sent.row_count, 2))
    sent.fail(
        "box",
        has_box & (sizes == 0).any(axis=1),
        "is in pixels, and the server does not know how large the image is; give image_size.",
    )
    # Rows without a box have no size either; any will do for them.
    sizes = np.where(sizes == 0, 1, sizes)
    boxes = np.where(has_box[:, None], vectors_of(sent, "box"), 0)
    corners = as_corners(boxes, sent.upload.box_format, sizes)
    outside = has_box & beyond_edge(corners, sizes)
    if outside.any():
        sent.fail_at("box", int(np.argmax(outside)), _outside(corners, sizes, int(np.argmax(outside)), in_pixels))
    regions = as_regions(corners)
    sent.fail("box", has_box & (regions[:, 2:] <= 0).any(axis=1), "has no area; width and height must be positive.")
    return regions


def _outside(corners: Boxes, sizes: Boxes, row: int, in_pixels: bool) -> str:
    left, top, right, bottom = corners[row] * np.tile(sizes[row], 2)
    width, height = sizes[row]
    unit = "pixels" if in_pixels else "as shares, 0 … 1"
    return (
        f"reaches outside its image: from ({left:g}, {top:g}) to ({right:g}, {bottom:g}) in {width:g} x {height:g} "
        f"({unit}). Cut it at the edge, or check box_format."
    )


def _with_keys(placement: Placement) -> LogBatch:
    batch = placement.batch
    given = batch.keys.to_pylist() if batch.has("key") else [None] * batch.row_count
    parents = batch.column("parent").to_pylist()
    regions = [",".join(f"{value:.7f}" for value in region) for region in placement.regions.tolist()]
    seen: Counter[tuple[str, str]] = Counter()
    keys = []
    for key, parent, region in zip(given, parents, regions, strict=True):
        if key is None:
            key = _made_key(parent, placement.source, region, seen[parent, region])
            seen[parent, region] += 1
        keys.append(key)
    table = batch.table.drop_columns(["key"]) if batch.has("key") else batch.table
    keyed = replace(batch, table=table.append_column("key", pa.array(keys, type=pa.string())), _columns={})
    check_keys_differ(keyed)
    return keyed


def _made_key(parent: str, source: str, region: str, ordinal: int) -> str:
    """The same box of the same source in the same parent has the same key; equal boxes are counted."""
    digest = hashlib.sha256(f"{parent}\0{source}\0{region}\0{ordinal}".encode()).hexdigest()[:20]
    return f"{parent[:LONGEST_NAMED_PARENT]}#{digest}"
