"""Counts that are asked for row by row and read page by page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Sum

from apps.common.pages import once_per_page
from apps.datasets.models import Category, Datapoint, DatapointRole, Dataset, Tag, TagMembership


@once_per_page
def labelled_count(datasets: list[Dataset]) -> Mapping[Any, int]:
    """How many contexts have a label. Counting a million takes a while, so the answer is kept with its versions."""
    names = {dataset.pk: f"labelled:{dataset.pk}:{dataset.version}:{dataset.label_version}" for dataset in datasets}
    kept = cache.get_many(names.values())
    missing = [pk for pk, name in names.items() if name not in kept]
    counted = (
        dict(
            Datapoint.objects.filter(dataset__in=missing, category__isnull=False, role=DatapointRole.CONTEXT)
            .order_by()
            .values_list("dataset")
            .annotate(Count("pk"))
        )
        if missing
        else {}
    )
    fresh = {names[pk]: counted.get(pk, 0) for pk in missing}
    cache.set_many(fresh, timeout=None)
    return {pk: (kept | fresh)[name] for pk, name in names.items()}


@once_per_page
def object_count(datapoints: list[Datapoint]) -> Mapping[Any, int]:
    """How many objects lie inside each datapoint."""
    counted = dict(
        Datapoint.objects.filter(parent__in=[each.pk for each in datapoints])
        .order_by()
        .values_list("parent")
        .annotate(Count("pk"))
    )
    return {each.pk: counted.get(each.pk, 0) for each in datapoints}


def label_counts(dataset: Dataset) -> list[tuple[Category, int]]:
    """The labels of a dataset and how many datapoints have each, the most frequent first; kept with its versions."""
    name = f"label-counts:{dataset.pk}:{dataset.version}:{dataset.label_version}"
    counted: dict[int, int] | None = cache.get(name)
    if counted is None:
        labels = Datapoint.objects.filter(dataset=dataset, category__isnull=False).order_by()
        counted = dict(labels.values_list("category").annotate(Count("pk")))
        cache.set(name, counted, timeout=None)
    # Deleting a category changes the labels' version, but one that labels nothing any more may have gone meanwhile.
    categories = Category.objects.in_bulk(counted)
    found = [(categories[pk], count) for pk, count in counted.items() if pk in categories]
    return sorted(found, key=lambda each: (-each[1], each[0].name))


@once_per_page
def label_count(categories: list[Category]) -> Mapping[Any, int]:
    """How many datapoints have the category as their label, in all datasets."""
    counted = dict(
        Datapoint.objects.filter(category__in=categories, dataset__deleted_at=None)
        .order_by()
        .values_list("category")
        .annotate(Count("pk"))
    )
    return {category.pk: counted.get(category.pk, 0) for category in categories}


@once_per_page
def tag_count(tags: list[Tag]) -> Mapping[Any, int]:
    """How many datapoints carry the tag, in all datasets."""
    counted = dict(
        TagMembership.objects.filter(tag__in=tags, dataset__deleted_at=None)
        .order_by()
        .values_list("tag")
        .annotate(Sum("datapoint_count"))
    )
    return {tag.pk: counted.get(tag.pk, 0) for tag in tags}
