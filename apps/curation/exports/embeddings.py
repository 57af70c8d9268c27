from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from apps.curation.column_names import EMBEDDING_PREFIXES, name_of_layer
from apps.curation.exports.block import Block, Opened
from apps.datasets.columns import ColumnReader
from apps.datasets.models import Dataset
from apps.embeddings.models import EmbeddingSet


class EmbeddingPart:
    """The vectors of one layer, bit for bit, over all datasets whose embedding set was asked for."""

    def __init__(self, sets: list[EmbeddingSet]) -> None:
        first = sets[0].vectors
        self._sets = {each.dataset_id: each for each in sets}
        self._column = Opened(self._open)
        self._type = pa.list_(pa.from_numpy_dtype(np.dtype(first.dtype)), first.width)
        self.bytes_a_row = np.dtype(first.dtype).itemsize * first.width
        self.fields = [pa.field(f"{EMBEDDING_PREFIXES[first.dtype]}:{name_of_layer(sets[0].layer)}", self._type)]

    def read(self, block: Block) -> list[Any]:
        column = self._column.of(block.dataset)
        if column is None:
            return [pa.nulls(len(block.rows), self._type)]
        vectors = column.read(block.rows)
        flat = pa.array(vectors.values.reshape(-1), type=self._type.value_type)
        return [pa.FixedSizeListArray.from_arrays(flat, type=self._type, mask=pa.array(~vectors.present))]

    def _open(self, dataset: Dataset) -> ColumnReader | None:
        found = self._sets.get(dataset.pk)
        return ColumnReader(found.vectors) if found else None
