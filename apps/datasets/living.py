"""Which rows of a dataset exist, and how many of them are contexts and objects. The caller saves the dataset."""

from __future__ import annotations

from pyroaring import BitMap

from apps.datasets import bitmaps
from apps.datasets.models import Dataset


def add_rows(dataset: Dataset, rows: BitMap, *, are_objects: bool) -> None:
    objects = bitmaps.load(dataset.object_rows)
    _set(dataset, bitmaps.load(dataset.alive) | rows, objects | rows if are_objects else objects)


def drop_rows(dataset: Dataset, rows: BitMap) -> None:
    _set(dataset, bitmaps.load(dataset.alive) - rows, bitmaps.load(dataset.object_rows) - rows)


def _set(dataset: Dataset, alive: BitMap, objects: BitMap) -> None:
    dataset.object_count = len(objects)
    dataset.datapoint_count = len(alive) - len(objects)
    dataset.alive, dataset.object_rows = bitmaps.dump(alive), bitmaps.dump(objects)
