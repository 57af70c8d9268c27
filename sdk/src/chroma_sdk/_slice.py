"""Slices: named, saved selections."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np

from chroma_sdk._arrow import read_table
from chroma_sdk._bitmap import rows_of
from chroma_sdk._documents.datasets import DATASETS
from chroma_sdk._documents.slices import DELETE_SLICE, FREEZE_SLICE, RENAME_SLICE, UPDATE_SLICE
from chroma_sdk._listing import Listing
from chroma_sdk._noun import Noun


class Slice(Noun):
    """A saved selection: a rule that is evaluated when it is asked for, or frozen. Get one from `Project.slice`.

    Attributes
    ----------
    id : str
    name : str
    description : str
    is_frozen : bool
    rule : dict or None
        None where it is frozen.
    datapoint_count : int
        When it was asked for.
    notes : list of str
        Such as that its rule names a tag that was deleted.
    trained_models : list of str
        The models that were trained on it.
    created_by : str or None
    """

    def __repr__(self) -> str:
        kind = "frozen" if self.is_frozen else "a rule"
        return f"<Slice {self.name!r}, {kind}: {self.datapoint_count:,} datapoints>"

    def keys(self, dataset: str | None = None) -> dict[str, list[str]] | list[str]:
        """Return the keys of its datapoints, in row order.

        Parameters
        ----------
        dataset : str, optional
            Only those of this dataset.

        Returns
        -------
        keys : list of str, or dict of such lists by dataset
            A list where the slice holds datapoints of one dataset only, or `dataset` says which.
        """
        table = read_table(self._connection, f"/bulk/v1/slices/{self.id}/keys")
        found: dict[str, list[str]] = {}
        for name, key in zip(table.column("dataset").to_pylist(), table.column("key").to_pylist(), strict=True):
            found.setdefault(name, []).append(key)
        if dataset is not None:
            return found.get(dataset, [])
        return found if len(found) > 1 else next(iter(found.values()), [])

    def rows(self) -> dict[str, np.ndarray[Any, np.dtype[np.int64]]]:
        """Return the row numbers of its datapoints by dataset."""
        sent = self._connection.request("GET", f"/bulk/v1/slices/{self.id}/rows").json()["datasets"]
        asked = {"projectId": self._home.project_id}
        names = dict(Listing(self._connection, DATASETS, asked, lambda node: (node["id"], node["name"])))
        return {names[each]: rows_of(base64.b64decode(bitmap)) for each, bitmap in sent.items()}

    def rename(self, name: str) -> Slice:
        """Give it another name, and return it. Raises Conflict if there is a slice of that name."""
        self._take(self._mutate(RENAME_SLICE, name=name)["slice"])
        return self

    def describe(self, description: str) -> Slice:
        """Say what it is for, and return it."""
        self._take(self._mutate(UPDATE_SLICE, description=description)["slice"])
        return self

    def freeze(self) -> Slice:
        """Keep the datapoints that its rule gives now, whatever changes later, and return it."""
        self._take(self._mutate(FREEZE_SLICE)["slice"])
        return self

    def delete(self) -> None:
        """Delete it; its datapoints stay."""
        self._mutate(DELETE_SLICE)

    def _read(self, stored: Any) -> None:
        self.name: str = stored["name"]
        self.description: str = stored["description"]
        self.is_frozen: bool = stored["isFrozen"]
        self.rule: dict[str, Any] | None = stored["rule"]
        self.datapoint_count: int = stored["datapointCount"]
        self.notes: list[str] = list(stored["notes"])
        self.created_by: str | None = stored["createdBy"] and stored["createdBy"]["username"]
        self.trained_models: list[str] = [
            f"{model['modelArchitecture']['name']} {model['version']}" for model in stored["trainedModels"]
        ]
