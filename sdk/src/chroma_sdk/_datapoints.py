"""Datapoints as plain objects, read page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np

from chroma_sdk._connection import Connection
from chroma_sdk._documents.datapoints import DATAPOINTS

PAGE = 500


@dataclass(frozen=True)
class Inference:
    """What one trained model says of a datapoint.

    Attributes
    ----------
    model, version : str
        The trained model.
    category : str or None
        The category that it names.
    confidence : float or None
        How sure it is: 0 not at all, 1 entirely.
    """

    model: str
    version: str
    category: str | None
    confidence: float | None


@dataclass(frozen=True)
class Datapoint:
    """A datapoint as it is stored now.

    Attributes
    ----------
    key : str
        The name that it was logged under.
    row : int
        Its number in the dataset.
    label : str or None
        The current label: as logged, or as somebody corrected it since.
    inferences : tuple of Inference
        One for each trained model that was logged.
    tags : tuple of str
    metadata : dict
    text : str or None
        The text that it stands for.
    uri : str or None
        The reference that it stands for.
    file_url : str or None
        Where its file is, if it stands for one; needs the same token.
    """

    key: str
    row: int
    label: str | None
    inferences: tuple[Inference, ...]
    tags: tuple[str, ...]
    metadata: dict[str, Any]
    text: str | None
    uri: str | None
    file_url: str | None


class Datapoints(Sequence[Datapoint]):
    """Some datapoints of a dataset, in row order. The length is known at once; each is read when it is looked at."""

    def __init__(self, connection: Connection, dataset_id: str, rows: np.ndarray[Any, Any]) -> None:
        self._connection = connection
        self._dataset_id = dataset_id
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return f"<Datapoints: {len(self):,}>"

    def __iter__(self) -> Iterator[Datapoint]:
        for start in range(0, len(self._rows), PAGE):
            yield from self._read(self._rows[start : start + PAGE])

    @overload
    def __getitem__(self, place: int) -> Datapoint: ...
    @overload
    def __getitem__(self, place: slice) -> Datapoints: ...
    def __getitem__(self, place: int | slice) -> Datapoint | Datapoints:
        if isinstance(place, slice):
            return Datapoints(self._connection, self._dataset_id, self._rows[place])
        return self._read(self._rows[[place]])[0]

    def _read(self, rows: np.ndarray[Any, Any]) -> list[Datapoint]:
        return read_datapoints(self._connection, self._dataset_id, rows=rows.tolist())


def read_datapoints(connection: Connection, dataset_id: str, **which: Any) -> list[Datapoint]:
    """Return at most a page of datapoints, chosen by `rows` or `keys`, in row order."""
    page = connection.graphql(DATAPOINTS, {"datasetId": dataset_id, **which})["datapoints"]
    found = [_datapoint(connection.url, edge["node"]) for edge in page["edges"]]
    return sorted(found, key=lambda datapoint: datapoint.row)


def _datapoint(url: str, node: Any) -> Datapoint:
    resource = node["resource"] or {"kind": None, "text": None, "url": None}
    return Datapoint(
        key=node["key"],
        row=node["row"],
        label=_name(node["label"]),
        inferences=tuple(_inference(inference) for inference in node["inferences"]),
        tags=tuple(tag["name"] for tag in node["tags"]),
        metadata={value["name"]: value["value"] for value in node["metadata"]},
        text=resource["text"] if resource["kind"] == "TEXT" else None,
        uri=resource["text"] if resource["kind"] == "URI" else None,
        file_url=url + resource["url"] if resource["kind"] == "FILE" and resource["url"] else None,
    )


def _inference(node: Any) -> Inference:
    model = node["inferenceSet"]["trainedModel"]
    return Inference(
        model=model["modelArchitecture"]["name"],
        version=model["version"],
        category=_name(node["category"]),
        confidence=node["confidence"],
    )


def _name(node: Any) -> str | None:
    return node["name"] if node else None
