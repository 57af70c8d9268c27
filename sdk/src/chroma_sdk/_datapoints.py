"""Datapoints as plain objects, read page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

import numpy as np

from chroma_sdk._connection import Connection
from chroma_sdk._documents.datapoints import DATAPOINTS

PAGE = 200


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
    role : str
        "context" (a whole resource) or "object" (a region inside one).
    parent : str or None
        Of an object: the key of what it lies in.
    region : tuple of float or None
        Of an object: left, top, width and height as shares of its image.
    source : str or None
        Of an object: "ground_truth", or the trained model that found it, as in "detector 1".
    scores : dict
        What analyses say of it, by the name of the score set; the newest counts.
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
    role: str = "context"
    parent: str | None = None
    region: tuple[float, ...] | None = None
    source: str | None = None
    scores: dict[str, float | str] = field(default_factory=dict)


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
        role=node["role"].lower(),
        parent=node["parent"] and node["parent"]["key"],
        region=None if node["region"] is None else tuple(node["region"]),
        source=_source(node),
        scores=_scores(node["scores"]),
    )


def _inference(node: Any) -> Inference:
    model = node["inferenceSet"]["trainedModel"]
    return Inference(
        model=model["modelArchitecture"]["name"],
        version=model["version"],
        category=_name(node["category"]),
        confidence=node["confidence"],
    )


def _source(node: Any) -> str | None:
    if node["role"] != "OBJECT":
        return None
    model = node["sourceModel"]
    return f"{model['modelArchitecture']['name']} {model['version']}" if model else "ground_truth"


def _scores(nodes: Any) -> dict[str, float | str]:
    scores: dict[str, float | str] = {}
    for score in nodes:
        scores.setdefault(score["scoreSet"]["name"], score["value"] if score["text"] is None else score["text"])
    return scores


def _name(node: Any) -> str | None:
    return node["name"] if node else None
