"""Labels that a match gives to found objects: written as a log writes them, as the word of a source."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping

from django.db.models import QuerySet
from django.utils import timezone

from apps.common.errors import NotFound
from apps.datasets.labels_changed import record_label_change
from apps.datasets.locks import lock_datasets
from apps.datasets.log.table import insert_label_changes, kept_id, kept_time
from apps.datasets.models import Category, Datapoint, Dataset


def log_labels(dataset: Dataset, said: Mapping[int, int | None], *, action: uuid.UUID, why: str) -> int:
    """Let a source say the labels (category ids, by datapoint id; None: no label); return how many it said anew.

    The same word again leaves a person's correction alone; another one becomes current, with history. Must run inside
    a transaction.
    """
    existing = Dataset.objects.filter(pk=dataset.pk, deleted_at=None)
    lock_datasets(existing)
    current = existing.select_related("project").first()
    if current is None:
        raise NotFound(f"{dataset.name} was deleted meanwhile.")
    datapoints: QuerySet[Datapoint] = Datapoint.objects.filter(dataset=current, pk__in=list(said)).order_by()
    anew: dict[int | None, list[int]] = defaultdict(list)
    history = []
    now = kept_time(timezone.now())
    # A category that was deleted since is no label.
    known = set(Category.objects.filter(project=current.project_id).values_list("pk", flat=True))
    for pk, category, logged in datapoints.values_list("pk", "category_id", "logged_category_id"):
        word = said[pk] if said[pk] in known else None
        if word != logged:
            anew[word].append(pk)
            if word != category:
                history.append((pk, category, word, None, True, kept_id(action), why, now))
    insert_label_changes(history)
    for label, pks in anew.items():
        datapoints.filter(pk__in=pks).update(category=label, logged_category=label)
    if anew:
        record_label_change(current)
    return sum(len(pks) for pks in anew.values())
