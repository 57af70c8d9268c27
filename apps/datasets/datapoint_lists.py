"""Lists of datapoints by what may be asked of them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from apps.accounts.actor import Actor
from apps.common.errors import BadUserInput
from apps.datasets import querysets
from apps.datasets.datapoint_ids import get_datapoint
from apps.datasets.models import Datapoint, DatapointRole, Tag
from apps.projects import access

# What is looked for in one dataset: rows and keys mean nothing elsewhere, and a search through all of them has no end.
OF_ONE_DATASET = ("rows", "keys", "search", "tag_id")


@dataclass(frozen=True)
class WantedDatapoints:
    """The arguments of a list of datapoints; None for those that were not given."""

    dataset_id: str | None = None
    rows: Sequence[int] | None = None
    keys: Sequence[str] | None = None
    role: DatapointRole | None = None
    parent_id: str | None = None
    search: str | None = None
    tag_id: str | None = None

    def find(self, actor: Actor) -> QuerySet[Datapoint]:
        """What the actor may see of these is cut later, as everywhere; parents and tags are fetched for the actor."""
        if self.dataset_id is None and any(getattr(self, name) is not None for name in OF_ONE_DATASET):
            raise BadUserInput("rows, keys, search and tagId belong to a dataset; give datasetId.", field="datasetId")
        found = querysets.datapoints_named(self.dataset_id, self.rows, self.keys)
        if wanted := self._wanted_role():
            found = found.filter(role=wanted)
        if self.parent_id is not None:
            found = querysets.truth_first(found.filter(parent=get_datapoint(actor, self.parent_id)))
        if self.search is not None:
            found = querysets.matching_search(found, self.search)
        if self.tag_id is not None and self.dataset_id is not None:
            found = querysets.carrying(found, access.get(actor, Tag, self.tag_id), self.dataset_id)
        return found

    def _wanted_role(self) -> DatapointRole | None:
        """Contexts, unless a role is asked for or the datapoints are named one by one."""
        is_named = self.rows is not None or self.keys is not None or self.parent_id is not None
        return self.role or (None if is_named else DatapointRole.CONTEXT)
