"""Facts of all datapoints of a dataset, straight from their table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection

from apps.datasets.models import Dataset

AT_ONCE = 50_000


def fetch(sql: str, dataset: Dataset) -> Iterator[list[Any]]:
    """Rows in lots, so that a million of them are never Python objects at once.

    Only those that the dataset had when it was looked up: another log may have added more since.
    """
    dataset_id = dataset.pk if connection.features.has_native_uuid_field else dataset.pk.hex
    with connection.cursor() as cursor:
        cursor.execute(sql, [dataset_id, dataset.next_row])
        while found := cursor.fetchmany(AT_ONCE):
            yield found
