from __future__ import annotations

from django.db.models import QuerySet

from apps.datasets.models import Dataset


def lock_datasets(datasets: QuerySet[Dataset]) -> None:
    """Lock the rows of datasets whose datapoints are about to change, so that writers take turns.

    Every writer locks datasets first, in the order of their ids, and the project after them (`record_change` does):
    two that wait for each other would both fail. In SQLite the whole database has one writer anyway.
    """
    list(datasets.select_for_update().order_by("pk").values_list("pk"))
