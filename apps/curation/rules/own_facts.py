"""Facts that datasets know themselves: dataset, role, source, label, tag, metadata."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Count, Max, QuerySet, Sum
from pyroaring import BitMap

from apps.curation.rules.facts import Fact, Mask, Piece, fact, uuid_of, whole_numbers
from apps.curation.rules.rule import NONE
from apps.datasets import bitmaps
from apps.datasets.columns import iter_column
from apps.datasets.dense import dense_column
from apps.datasets.models import Column, ColumnKind, DatapointRole, Dataset, MetadataField, TagMembership
from apps.projects.models import Project

# Values of so many rows are in memory at once.
BLOCK = 65_536


@fact("dataset")
class DatasetFact(Fact):
    def version(self, dataset: Dataset, texts: Sequence[str]) -> str:
        return ""

    def among(self, dataset: Dataset, texts: Sequence[str]) -> Mask:
        return np.full(dataset.next_row, dataset.pk in map(uuid_of, texts))


class DenseFact(Fact):
    """A column that browsers can read whole."""

    column: str

    def version(self, dataset: Dataset, texts: Sequence[str]) -> str:
        return dense_column(dataset, self.column).version

    def pieces(self, dataset: Dataset) -> Iterator[Piece]:
        values, present = dense_column(dataset, self.column).read()
        rows = np.flatnonzero(present)
        yield rows, values[rows] if isinstance(values, np.ndarray) else values.take(rows)


@fact("role")
class RoleFact(Fact):
    def version(self, dataset: Dataset, texts: Sequence[str]) -> str:
        return f"{zlib.crc32(bytes(dataset.object_rows)):x}"

    def pieces(self, dataset: Dataset) -> Iterator[Piece]:
        objects = bitmaps.mask_of(bitmaps.load(dataset.object_rows), dataset.next_row)
        yield slice(0, dataset.next_row), objects.view(np.uint8)

    def wanted(self, dataset: Dataset, texts: Sequence[str]) -> list[Any]:
        return [DatapointRole.values.index(text) for text in texts if text in DatapointRole.values]


@fact("source")
class SourceFact(DenseFact):
    column = "source"


@fact("label")
class LabelFact(DenseFact):
    column = "label"

    def wanted(self, dataset: Dataset, texts: Sequence[str]) -> list[Any]:
        return whole_numbers(texts)


@fact("tag")
class TagFact(Fact):
    """Tags are many values a datapoint: a bitmap each."""

    def __init__(self, project: Project, of: str) -> None:
        super().__init__(project, of)
        self._versions: dict[Sequence[str], dict[UUID, str]] = {}

    def version(self, dataset: Dataset, texts: Sequence[str]) -> str:
        if texts not in self._versions:
            self._versions[texts] = self._versions_of(texts)
        return self._versions[texts].get(dataset.pk, "")

    def among(self, dataset: Dataset, texts: Sequence[str]) -> Mask:
        mask = bitmaps.mask_of(self._carrying(dataset, self._named(texts)), dataset.next_row)
        if NONE not in texts:
            return mask
        return mask | ~bitmaps.mask_of(self._carrying(dataset, self._memberships()), dataset.next_row)

    def _versions_of(self, texts: Sequence[str]) -> dict[UUID, str]:
        """Read for all datasets at once; there may be ten thousand tags, so they are summed up."""
        memberships = self._memberships() if NONE in texts else self._named(texts)
        found = memberships.order_by().values("dataset").annotate(Count("pk"), Sum("version"), Max("pk"))
        facts = found.values_list("dataset", "pk__count", "version__sum", "pk__max")
        return {dataset_id: f"{count}.{versions}.{newest}" for dataset_id, count, versions, newest in facts}

    def _memberships(self) -> QuerySet[TagMembership]:
        return TagMembership.objects.filter(tag__project=self.project, datapoint_count__gt=0)

    def _named(self, texts: Sequence[str]) -> QuerySet[TagMembership]:
        return self._memberships().filter(tag__in=[pk for text in texts if (pk := uuid_of(text)) is not None])

    def _carrying(self, dataset: Dataset, memberships: QuerySet[TagMembership]) -> BitMap:
        found = BitMap()
        of_dataset = memberships.filter(dataset=dataset).order_by()
        for rows in of_dataset.values_list("rows", flat=True).iterator(chunk_size=200):
            found |= bitmaps.load(rows)
        return found


class ColumnFact(Fact):
    """A stored column of each dataset that has the fact at all."""

    def __init__(self, project: Project, of: str, columns: dict[UUID, Column]) -> None:
        super().__init__(project, of)
        self.columns = columns

    def version(self, dataset: Dataset, texts: Sequence[str]) -> str:
        column = self.columns.get(dataset.pk)
        return f"{column.pk}.{column.version}" if column else ""

    def pieces(self, dataset: Dataset) -> Iterator[Piece]:
        column = self.columns.get(dataset.pk)
        if column is not None:
            yield from iter_column(column, version=column.version, block=BLOCK)


@fact("metadata")
class MetadataFact(ColumnFact):
    """A metadata key; a dataset that does not know it has no values."""

    def __init__(self, project: Project, of: str) -> None:
        fields = MetadataField.objects.filter(dataset__project=project, dataset__deleted_at=None, name=of)
        with_columns = fields.select_related("column").defer("column__present")
        super().__init__(project, of, {field.dataset_id: field.column for field in with_columns})
        self.is_gone = not self.columns

    def wanted(self, dataset: Dataset, texts: Sequence[str]) -> list[Any]:
        column = self.columns.get(dataset.pk)
        if column is None or column.kind == ColumnKind.TEXT:
            return list(texts)
        if column.kind == ColumnKind.BOOLEAN:
            return [int(text == "true") for text in texts if text in {"true", "false"}]
        return [number for text in texts if (number := _number(text)) is not None]


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
