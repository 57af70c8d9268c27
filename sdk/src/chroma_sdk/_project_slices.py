"""The slices of a project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from chroma_sdk._dataset import Dataset
from chroma_sdk._dataset_part import KEYS_IN_A_SELECTION
from chroma_sdk._documents.datasets import DATASETS
from chroma_sdk._documents.slices import CREATE_SLICE, SLICES
from chroma_sdk._errors import InvalidArgument
from chroma_sdk._filters import as_rule
from chroma_sdk._listing import Listing, named
from chroma_sdk._project_part import ProjectPart
from chroma_sdk._slice import Slice
from chroma_sdk._strings import as_keys

if TYPE_CHECKING:
    from chroma_sdk._project import Project


class ProjectSlices(ProjectPart):
    """Slices."""

    def slices(self) -> Listing[Slice]:
        """Return all slices."""
        return self._list(SLICES, Slice)

    def slice(self, name: str) -> Slice:
        """Return the slice of this name. Raises NotFound, which lists the choices."""
        return named(self.slices(), name, noun="slice", owner=self._home.project_name)

    def create_slice(
        self,
        name: str,
        *,
        keys: Mapping[Any, Iterable[str]] | None = None,
        filters: Sequence[Mapping[str, Any]] | None = None,
        rule: Mapping[str, Any] | None = None,
        description: str = "",
    ) -> Slice:
        """Save a selection under a name: frozen with `keys`, evaluated anew each time with `filters` or `rule`.

        Parameters
        ----------
        name : str
        keys : Mapping, optional
            Keys of datapoints by dataset (a Dataset or its name), at most 100,000.
        filters : sequence of Mapping, optional
            Such as ``[{"field": "label", "only": ["7"]}, {"field": "confidence:cnn 1", "range": [0, 0.5]}]``, with
            names of categories, tags, datasets and trained models. What all of them keep is in the slice.
        rule : Mapping, optional
            As the server keeps rules, with ids; `Slice.rule` of another slice is one.
        description : str, optional

        Raises
        ------
        InvalidArgument
            Not exactly one of keys, filters and rule is given.
        NotFound
            A key or a name is not there.
        """
        if sum(given is not None for given in (keys, filters, rule)) != 1:
            raise InvalidArgument("keys", "wanted exactly one of keys, filters and rule.")
        asked: dict[str, Any] = {"name": name, "description": description}
        if keys is not None:
            asked["selectionId"] = self._select(keys)
        else:
            asked["rule"] = rule if filters is None else as_rule(cast("Project", self), filters)
        return Slice(self._home, self._create(CREATE_SLICE, **asked))

    def _select(self, keys: Mapping[Any, Iterable[str]]) -> str:
        """Select these datapoints and return the selection's id."""
        if not isinstance(keys, Mapping):
            raise InvalidArgument("keys", f"got {type(keys).__name__}, wanted a dict of dataset to keys.")
        checked = {dataset: as_keys(list(some)).to_pylist() for dataset, some in keys.items()}
        count = sum(map(len, checked.values()))
        if count > KEYS_IN_A_SELECTION:
            raise InvalidArgument("keys", f"got {count:,}; at most {KEYS_IN_A_SELECTION:,} are allowed. Use a rule.")
        ids = {self._dataset_id(dataset): some for dataset, some in checked.items()}
        path = f"/bulk/v1/projects/{self.id}/selections"
        return str(self._connection.request("POST", path, json={"keys": ids}).json()["id"])

    def _dataset_id(self, dataset: Any) -> str:
        if isinstance(dataset, Dataset):
            return dataset.id
        return named(self._list(DATASETS, Dataset), dataset, noun="dataset", owner=self._home.project_name).id
