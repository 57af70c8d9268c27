"""Scores that analyses gave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from apps.analysis.models import ScoreSet
from apps.curation.rules.facts import fact, uuid_of
from apps.curation.rules.own_facts import ColumnFact
from apps.datasets.models import Dataset
from apps.projects.models import Project


@fact("score")
class ScoreFact(ColumnFact):
    """A score of an analysis; a dataset that the analysis did not score has no values."""

    def __init__(self, project: Project, of: str) -> None:
        analysis, _, name = of.partition(":")
        sets = ScoreSet.objects.filter(analysis=uuid_of(analysis), analysis__project=project, name=name)
        self._sets = {each.dataset_id: each for each in sets.select_related("column").defer("column__present")}
        super().__init__(project, of, {dataset_id: each.column for dataset_id, each in self._sets.items()})
        self.is_gone = not self.columns

    def wanted(self, dataset: Dataset, texts: Sequence[str]) -> list[Any]:
        found = self._sets.get(dataset.pk)
        names: list[str] = (found.values or []) if found else []
        return [names.index(text) for text in texts if text in names]
