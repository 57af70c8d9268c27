"""Evaluating a rule: for each dataset of a project, the rows that it means."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator

import numpy as np
from django.core.cache import cache
from django.db.models import QuerySet
from pyroaring import BitMap

from apps.curation.rules import model_facts, own_facts, score_facts  # noqa: F401 - they register what they know
from apps.curation.rules.facts import FACTS, Fact, Mask, uuid_of
from apps.curation.rules.lassos import LassoedRows
from apps.curation.rules.parse import as_json
from apps.curation.rules.rule import Filter, RangeFilter, Rule, SearchFilter, ValuesFilter
from apps.curation.rules.searching import rows_containing
from apps.datasets import bitmaps
from apps.datasets.models import Dataset
from apps.projects.models import Project


class Evaluation:
    """A rule in a project, as the data are now. Nothing is read but what the rule names."""

    def __init__(self, project: Project, rule: Rule, datasets: Iterable[Dataset] | None = None) -> None:
        """`datasets` are all of the project, for who evaluates many rules and has them at hand."""
        self._rule = rule
        self._facts = {each.field: FACTS[each.field.kind](project, each.field.of) for each in _fielded(rule)}
        self._lassos = LassoedRows(project, rule.lassos)
        known = datasets_of(project) if datasets is None else datasets
        wanted = None if rule.dataset_ids is None else {*map(uuid_of, rule.dataset_ids)}
        self._datasets = [dataset for dataset in known if wanted is None or dataset.pk in wanted]

    def check(self) -> None:
        """Raise BadUserInput where evaluating the rule would take longer than anybody should wait."""
        self._lassos.check()

    def rows(self) -> Iterator[tuple[Dataset, BitMap]]:
        """The datasets with any such rows, and these."""
        lassoed = self._lassos.of(self._datasets) if self._rule.lassos else None
        for dataset in self._datasets:
            mask = self._mask(dataset, None if lassoed is None else lassoed.pop(dataset.pk))
            found = bitmaps.of_rows(np.flatnonzero(mask).astype(np.uint32)) & bitmaps.load(dataset.alive)
            if found:
                yield dataset, found

    def version(self) -> str:
        """Changes whenever `rows` may: with the rule, or with anything that it names."""
        parts = [json.dumps(as_json(self._rule), sort_keys=True)]
        for dataset in self._datasets:
            parts.append(f"{dataset.pk}:{dataset.next_row}:{zlib.crc32(bytes(dataset.alive))}")
            parts += [self._version_of(each, dataset) for each in self._rule.filters]
        parts += [str(fact.is_gone) for fact in self._facts.values()]
        parts += map(str, sorted(self._lassos.map_ids))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]

    def count(self) -> int:
        """How many rows in all; kept with the version, as lists of slices ask for it again and again."""
        name = f"rule-count:{self.version()}"
        found: int | None = cache.get(name)
        if found is None:
            found = sum(len(rows) for _, rows in self.rows())
            cache.set(name, found, timeout=None)
        return found

    def _version_of(self, each: Filter, dataset: Dataset) -> str:
        if isinstance(each, SearchFilter):
            return str(dataset.version)
        texts = each.values if isinstance(each, ValuesFilter) else ()
        return self._facts[each.field].version(dataset, texts)

    def _mask(self, dataset: Dataset, inside: Mask | None) -> Mask:
        mask = np.ones(dataset.next_row, dtype=np.bool_) if inside is None else inside
        for each in self._rule.filters:
            if not mask.any():
                break
            mask &= self._kept(each, dataset)
        return mask

    def _kept(self, each: Filter, dataset: Dataset) -> Mask:
        """The rows that pass one filter."""
        if isinstance(each, SearchFilter):
            return rows_containing(dataset, each.text)
        fact: Fact = self._facts[each.field]
        if isinstance(each, ValuesFilter):
            if fact.is_gone:
                return np.full(dataset.next_row, each.is_without)
            found = fact.among(dataset, each.values)
            return ~found if each.is_without else found
        if fact.is_gone:
            return np.full(dataset.next_row, each.keeps_missing)
        return fact.between(dataset, each.low, each.high, keeps_missing=each.keeps_missing)


def _fielded(rule: Rule) -> list[ValuesFilter | RangeFilter]:
    return [each for each in rule.filters if not isinstance(each, SearchFilter)]


def datasets_of(project: Project) -> QuerySet[Dataset]:
    """The project's datasets that have any datapoints."""
    return Dataset.objects.filter(project=project, deleted_at=None, next_row__gt=0).order_by("name", "pk")
