"""What is said of slices beside their stored facts, read for a page of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from apps.common.pages import once_per_page
from apps.curation.rules import Evaluation, datasets_of, missing_in, parse_rule
from apps.datasets import bitmaps
from apps.datasets.models import Dataset, Slice, SliceRows
from apps.lineage.models import TrainedModel


@once_per_page
def slice_count(slices: list[Slice]) -> Mapping[Any, int]:
    """How many datapoints each slice holds now."""
    datasets: dict[Any, list[Dataset]] = {}
    counts = _frozen_counts(slices)
    for each in slices:
        if each.rule is not None:
            if each.project_id not in datasets:
                datasets[each.project_id] = list(datasets_of(each.project))
            counts[each.pk] = Evaluation(each.project, parse_rule(each.rule), datasets[each.project_id]).count()
    return counts


@once_per_page
def slice_notes(slices: list[Slice]) -> Mapping[Any, list[str]]:
    """What to know of each slice: what its rule names in vain, or what it lost since it was frozen."""
    ruled = [(each, parse_rule(each.rule)) for each in slices if each.rule is not None]
    missing = missing_in((each.project_id, rule) for each, rule in ruled)
    return {each.pk: [] for each in slices} | {each.pk: notes for (each, _), notes in zip(ruled, missing, strict=True)}


@once_per_page
def models_trained_on(slices: list[Slice]) -> Mapping[Any, list[TrainedModel]]:
    found: dict[Any, list[TrainedModel]] = defaultdict(list)
    trained = TrainedModel.objects.filter(trained_on_slice__in=slices).select_related("model_architecture__project")
    for trained_model in trained:
        found[trained_model.trained_on_slice_id].append(trained_model)
    return {each.pk: found[each.pk] for each in slices}


def _frozen_counts(slices: list[Slice]) -> dict[Any, int]:
    """The datapoints of frozen slices that exist; bitmaps are compared only where a dataset lost any of its own."""
    counts: dict[Any, int] = {each.pk: 0 for each in slices}
    parts = list(
        SliceRows.objects.filter(slice__in=slices, dataset__deleted_at=None).values_list(
            "pk", "slice", "dataset", "datapoint_count"
        )
    )
    datasets = Dataset.objects.in_bulk({dataset_id for _, _, dataset_id, _ in parts})
    alive = {pk: bitmaps.load(dataset.alive) for pk, dataset in datasets.items()}
    thinned = {pk for pk, rows in alive.items() if len(rows) < datasets[pk].next_row}
    stored = SliceRows.objects.in_bulk([pk for pk, _, dataset_id, _ in parts if dataset_id in thinned])
    for pk, slice_id, dataset_id, count in parts:
        counts[slice_id] += (
            bitmaps.load(stored[pk].rows).intersection_cardinality(alive[dataset_id]) if pk in stored else count
        )
    return counts
