"""What the apps to the right know of a page of datapoints, by name: each registers how it reads one of these facts.

@page_fact("inferences")
def inferences_of(dataset_id: UUID, rows: Rows) -> Mapping[int, list[Inference]]: ...
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import numpy as np

from apps.common.pages import once_per_page
from apps.datasets.bitmaps import Rows
from apps.datasets.models import Datapoint

# Reads a fact of ascending rows of one dataset; a row that is left out has an empty list.
ReadFact = Callable[[UUID, Rows], Mapping[int, list[Any]]]

_facts: dict[str, Callable[[Datapoint], list[Any]]] = {}


def page_fact(name: str) -> Callable[[ReadFact], ReadFact]:
    """Register how a fact is read."""

    def register(read: ReadFact) -> ReadFact:
        def read_page(datapoints: list[Datapoint]) -> Mapping[Any, list[Any]]:
            by_dataset: dict[UUID, list[Datapoint]] = defaultdict(list)
            for datapoint in datapoints:
                by_dataset[datapoint.dataset_id].append(datapoint)
            found: dict[Any, list[Any]] = {}
            for dataset_id, members in by_dataset.items():
                values = read(dataset_id, np.unique(np.array([member.row for member in members], dtype=np.uint32)))
                found |= {member.pk: values.get(member.row, []) for member in members}
            return found

        read_page.__qualname__ = name
        _facts[name] = once_per_page(read_page)
        return read

    return register


def fact_of(datapoint: Datapoint, name: str) -> list[Any]:
    """The fact of this name; read at once for all datapoints that were fetched together."""
    return _facts[name](datapoint)
