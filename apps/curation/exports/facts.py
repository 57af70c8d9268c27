"""Who a datapoint is and what it stands for."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from apps.curation.column_names import GROUND_TRUTH, name_of_model
from apps.curation.exports.block import Block, Facts
from apps.datasets.models import DatapointRole, ResourceKind
from apps.lineage.models import TrainedModel
from apps.projects.models import Project

BOX = ("box_x", "box_y", "box_width", "box_height")
TEXTS = ("text", "uri", "file", "file_name")


class FactsPart:
    """dataset, key, role, parent, the box, source, and the resource by kind."""

    def __init__(self, project: Project) -> None:
        models = TrainedModel.objects.filter(model_architecture__project=project).select_related("model_architecture")
        self._models = {str(model.pk): name_of_model(model) for model in models}
        self.fields = [
            *(pa.field(name, pa.string(), nullable=False) for name in ("dataset", "key", "role")),
            pa.field("parent", pa.string()),
            *(pa.field(name, pa.float64()) for name in BOX),
            pa.field("source", pa.string()),
            *(pa.field(name, pa.string()) for name in TEXTS),
        ]

    def read(self, block: Block) -> list[Any]:
        facts = block.facts
        boxes = zip(*(fact.region or (None,) * len(BOX) for fact in facts), strict=True)
        return [
            pa.array([block.dataset.name] * len(facts)),
            pa.array([fact.key for fact in facts]),
            pa.array([fact.role for fact in facts]),
            pa.array([fact.parent_key for fact in facts], type=pa.string()),
            *(pa.array(numbers, type=pa.float64()) for numbers in boxes),
            pa.array([self._source(fact) for fact in facts], type=pa.string()),
            *(pa.array(texts, type=pa.string()) for texts in zip(*map(_resource, facts), strict=True)),
        ]

    def _source(self, fact: Facts) -> str | None:
        if fact.role == DatapointRole.CONTEXT:
            return None
        return self._models.get(fact.source, fact.source) if fact.source else GROUND_TRUTH


def _resource(fact: Facts) -> tuple[str | None, ...]:
    """Text, URI, the file's checksum, and its name."""
    match fact.resource_kind:
        case ResourceKind.TEXT:
            return fact.resource_text, None, None, None
        case ResourceKind.URI:
            return None, fact.resource_text, None, None
        case ResourceKind.FILE:
            return None, None, fact.resource_sha256, fact.resource_text
    return None, None, None, None
