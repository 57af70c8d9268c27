"""Evaluating a rule: for each dataset of a project, the rows that it means."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from uuid import UUID

import numpy as np
from django.core.cache import cache
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

    def __init__(self, project: Project, rule: Rule) -> None:
        self._rule = rule
        self._facts = {each.field: FACTS[each.field.kind](project, each.field.of) for each in _fielded(rule)}
        self._lassos = LassoedRows(project, rule.lassos)
        self._datasets = list(_datasets_of(project, rule))

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
            parts += [fact.version(dataset) for fact in self._facts.values()]
            if any(isinstance(each, SearchFilter) for each in self._rule.filters):
                parts.append(str(dataset.version))
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


def _datasets_of(project: Project, rule: Rule) -> Iterator[Dataset]:
    datasets = Dataset.objects.filter(project=project, deleted_at=None).order_by("name", "pk")
    wanted: set[UUID | None] | None = None if rule.dataset_ids is None else {*map(uuid_of, rule.dataset_ids)}
    return (dataset for dataset in datasets if wanted is None or dataset.pk in wanted)
