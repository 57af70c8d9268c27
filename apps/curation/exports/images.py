from __future__ import annotations

from typing import Any

import pyarrow as pa

from apps.curation.exports.block import Block
from apps.datasets.models import Datapoint
from apps.datasets.resources.sizes import known_sizes


class ImagesPart:
    """The image that each datapoint lies in: a context's own, an object's parent's; its name and size in pixels."""

    fields = [
        pa.field("image_key", pa.string()),
        pa.field("image_name", pa.string()),
        pa.field("image_file", pa.string()),
        pa.field("image_width", pa.int64()),
        pa.field("image_height", pa.int64()),
    ]

    def read(self, block: Block) -> list[Any]:
        parents = dict.fromkeys(fact.parent_key for fact in block.facts if fact.parent_key is not None)
        wanted = [*parents, *(fact.key for fact in block.facts if fact.parent_key is None)]
        images = {
            key: (resource_id, text, sha256)
            for key, resource_id, text, sha256 in Datapoint.objects.filter(dataset=block.dataset, key__in=wanted)
            .order_by()
            .values_list("key", "resource_id", "resource__text", "resource__sha256")
        }
        sizes = known_sizes([resource_id for resource_id, _, _ in images.values() if resource_id])
        keys = [fact.parent_key or fact.key for fact in block.facts]
        found = [images.get(key, (None, None, None)) for key in keys]
        shapes = [sizes.get(resource_id or 0) for resource_id, _, _ in found]
        return [
            pa.array(keys),
            pa.array([name for _, name, _ in found], type=pa.string()),
            pa.array([sha256 for _, _, sha256 in found], type=pa.string()),
            pa.array([shape and shape[0] for shape in shapes], type=pa.int64()),
            pa.array([shape and shape[1] for shape in shapes], type=pa.int64()),
        ]
