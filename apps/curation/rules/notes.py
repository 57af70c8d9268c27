"""What to tell people of a rule: that it names something which is not there any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from apps.analysis.models import ScoreSet
from apps.curation.rules.facts import uuid_of, whole_numbers
from apps.curation.rules.rule import NONE, Rule, SearchFilter, ValuesFilter
from apps.datasets.models import Category, Dataset, MetadataField, Tag
from apps.lineage.models import TrainedModel
from apps.projections.models import ProjectionSet

# What a rule names, as (kind, name); kinds are the keys of FINDERS.
Mention = tuple[str, str]
# Of these names, the ones that each project has.
Finder = Callable[[set[str]], set[tuple[UUID, str]]]
GROUND_TRUTH = "ground_truth"


def missing_in(rules: Iterable[tuple[UUID, Rule]]) -> list[list[str]]:
    """For each rule, with its project's id, the sentences about it; asks the database once for all."""
    mentioned = [(project_id, list(dict.fromkeys(_mentions(rule)))) for project_id, rule in rules]
    names: dict[str, set[str]] = defaultdict(set)
    for _, mentions in mentioned:
        for kind, name in mentions:
            names[kind].add(name)
    known = {kind: FINDERS[kind](wanted) for kind, wanted in names.items()}
    return [
        [_sentence(kind) for kind in dict.fromkeys(kind for kind, name in mentions if (at, name) not in known[kind])]
        for at, mentions in mentioned
    ]


def _sentence(kind: str) -> str:
    return f"The rule names a {kind} that is not in this project any more."


def _mentions(rule: Rule) -> Iterable[Mention]:
    for lasso in rule.lassos:
        yield "map", lasso.map_id
    for dataset_id in rule.dataset_ids or ():
        yield "dataset", dataset_id
    for each in rule.filters:
        if isinstance(each, SearchFilter):
            continue
        if each.field.of:
            yield NAMED_BY_FIELD.get(each.field.kind, "trained model"), each.field.of
        if isinstance(each, ValuesFilter) and each.field.kind in NAMED_BY_VALUES:
            yield from ((NAMED_BY_VALUES[each.field.kind], value) for value in each.values if value not in SPECIAL)


NAMED_BY_FIELD = {"metadata": "metadata key", "score": "score"}
NAMED_BY_VALUES = {
    "dataset": "dataset",
    "label": "category",
    "inference": "category",
    "tag": "tag",
    "source": "trained model",
}
SPECIAL = {NONE, GROUND_TRUTH}


def _by_uuid(model: Any, path: str = "project", **more: Any) -> Finder:
    def find(names: set[str]) -> set[tuple[UUID, str]]:
        spelled: Mapping[UUID, set[str]] = _spellings(names)
        found = model.objects.filter(pk__in=spelled, **more).order_by().values_list(path, "pk")
        return {(project_id, name) for project_id, pk in found for name in spelled[pk]}

    return find


def _spellings(names: set[str]) -> dict[UUID, set[str]]:
    """An id can be written in several ways."""
    spelled: dict[UUID, set[str]] = defaultdict(set)
    for name in names:
        if (pk := uuid_of(name)) is not None:
            spelled[pk].add(name)
    return spelled


def _categories(names: set[str]) -> set[tuple[UUID, str]]:
    found = Category.objects.filter(pk__in=whole_numbers(sorted(names))).order_by().values_list("project", "pk")
    return {(project_id, str(pk)) for project_id, pk in found}


def _metadata_keys(names: set[str]) -> set[tuple[UUID, str]]:
    fields = MetadataField.objects.filter(name__in=names, dataset__deleted_at=None).order_by()
    return set(fields.values_list("dataset__project", "name").distinct())


def _scores(names: set[str]) -> set[tuple[UUID, str]]:
    pairs = {name: (uuid_of(name.partition(":")[0]), name.partition(":")[2]) for name in names}
    sets = ScoreSet.objects.filter(analysis__in=[pk for pk, _ in pairs.values() if pk], dataset__deleted_at=None)
    found = set(sets.order_by().values_list("analysis__project", "analysis", "name").distinct())
    return {(at, name) for name, (pk, score) in pairs.items() for at, *rest in found if rest == [pk, score]}


FINDERS: dict[str, Finder] = {
    "map": _by_uuid(ProjectionSet, finished_at__isnull=False),
    "dataset": _by_uuid(Dataset, deleted_at=None),
    "tag": _by_uuid(Tag),
    "trained model": _by_uuid(TrainedModel, "model_architecture__project"),
    "category": _categories,
    "metadata key": _metadata_keys,
    "score": _scores,
}
