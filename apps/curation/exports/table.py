"""The exported table: which columns it has, and its rows block by block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

import pyarrow as pa
from pyroaring import BitMap

from apps.curation.exports.block import Part, block_size, blocks_of
from apps.curation.exports.categories import CategoryNames
from apps.curation.exports.embeddings import EmbeddingPart
from apps.curation.exports.facts import FactsPart
from apps.curation.exports.inferences import InferencesPart, models_of
from apps.curation.exports.labels import LabelsPart
from apps.curation.exports.metadata import MetadataPart
from apps.curation.exports.scores import score_parts
from apps.curation.exports.tags import TagsPart
from apps.datasets.models import Dataset
from apps.embeddings.models import EmbeddingSet
from apps.projects.models import Project


class ExportTable:
    """Rows of several datasets under one schema. Columns that a dataset does not have are null for it."""

    def __init__(self, rows: Mapping[Dataset, BitMap], parts: Sequence[Part]) -> None:
        self.rows = rows
        self.row_count = sum(map(len, rows.values()))
        self.schema = pa.schema(chain.from_iterable(part.fields for part in parts))
        self._parts = parts
        self._block_size = block_size(sum(part.bytes_a_row for part in parts if isinstance(part, EmbeddingPart)))

    def batches(self) -> Iterator[pa.RecordBatch]:
        for dataset, rows in self.rows.items():
            for block in blocks_of(dataset, rows, size=self._block_size):
                arrays = list(chain.from_iterable(part.read(block) for part in self._parts))
                yield pa.record_batch(arrays, schema=self.schema)


def parts_of(project: Project, datasets: list[Dataset], embedding_sets: Sequence[EmbeddingSet]) -> list[Part]:
    """Everything that is known of the datapoints of these datasets, and the vectors that were asked for."""
    names = CategoryNames(project)
    main, *others = models_of(datasets) or [None]  # type: ignore[list-item]
    return [
        FactsPart(project),
        LabelsPart(names),
        InferencesPart(main, names, is_main=True),
        TagsPart(),
        MetadataPart(),
        *(InferencesPart(model, names, is_main=False) for model in others),
        *score_parts(datasets),
        *(EmbeddingPart(sets) for sets in _by_layer(embedding_sets)),
    ]


def _by_layer(embedding_sets: Sequence[EmbeddingSet]) -> list[list[EmbeddingSet]]:
    layers: dict[object, list[EmbeddingSet]] = {}
    for each in embedding_sets:
        layers.setdefault(each.layer_id, []).append(each)
    return list(layers.values())
