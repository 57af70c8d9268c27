"""A dataset: logging to it and reading from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from chroma_sdk._arrow import read_keys, read_rows, read_tagged_rows, read_vectors
from chroma_sdk._batch import make_batch
from chroma_sdk._connection import Connection
from chroma_sdk._datapoints import Datapoints
from chroma_sdk._documents import TAG_SELECTION, TAGS, UNTAG_SELECTION
from chroma_sdk._embedding_sets import choose, list_embedding_sets
from chroma_sdk._errors import InvalidArgument, NotFound
from chroma_sdk._pages import read_pages
from chroma_sdk._progress import Progress
from chroma_sdk._strings import as_keys
from chroma_sdk._upload import Origin, Report, upload

KEYS_IN_A_SELECTION = 100_000


class Dataset:
    """An ordered collection of datapoints. Get one from `Project.dataset`.

    Attributes
    ----------
    id : str
    name : str
    kind : str
        "training", "test", "validation", "production" or "other".
    datapoint_count : int
        When it was asked for.
    """

    def __init__(self, connection: Connection, project_id: str, project_name: str, stored: Any) -> None:
        self._connection = connection
        self._project_id = project_id
        self._project_name = project_name
        self.id: str = stored["id"]
        self.name: str = stored["name"]
        self.kind: str = stored["kind"].lower()
        self.datapoint_count: int = stored["datapointCount"]

    def __repr__(self) -> str:
        return f"<Dataset {self.name!r} ({self.kind}) of {self._project_name!r}>"

    def log(
        self,
        keys: Any,
        *,
        files: Any = None,
        texts: Any = None,
        uris: Any = None,
        labels: Any = None,
        inferences: Any = None,
        confidences: Any = None,
        probabilities: Any = None,
        classes: Sequence[str] | None = None,
        metadata: Any = None,
        embeddings: Any = None,
        model: str | None = None,
        version: str | None = None,
        layer: str | None = None,
        quiet: bool = False,
    ) -> Report:
        """Log datapoints, or more about datapoints that are already there.

        Every argument but `keys` may be absent and come later, by key. Sequences may be lists, numpy arrays, pandas or
        Arrow columns or torch tensors with one value per key. In them None leaves what is stored and `chroma_sdk.CLEAR`
        removes it. Logging what is already stored changes nothing, and leaves a label that somebody corrected since.

        All arguments are checked before the first request. Rows are then sent in sessions of at most 20,000, each taken
        whole or not at all; after an interruption call it again with the same arguments.

        Parameters
        ----------
        keys : sequence of str or int
            Your stable name for each datapoint, unique in the dataset, 1 to 200 characters.
        files : sequence, optional
            Local paths, bytes, PIL images or image arrays: (height, width) or (height, width, 3 | 4), uint8 or floats
            from 0 to 1. Uploaded once per project; at most 15 MiB each. A datapoint has one of file, text and URI.
        texts : sequence of str, optional
        uris : sequence of str, optional
            References only; the server does not fetch them.
        labels : sequence of str or int, optional
            Names of categories; a missing category is made.
        inferences : sequence of str or int, optional
            What the model says. Absent but with `probabilities`: the class of the greatest one.
        confidences : sequence of float, optional
            From 0 to 1. Absent but with `probabilities`: the probability of the inference.
        probabilities : array-like of shape (n, n_classes), optional
        classes : sequence of str
            Names of the columns of `probabilities`, required with them.
        metadata : sequence of dict, dict of sequences, pandas DataFrame or Arrow table, optional
            Numbers, booleans and strings, merged by name; dates become strings.
        embeddings : array-like of shape (n, d), optional
            Of float16, float32 or float64, finite; kept bit for bit.
        model, version, layer : str, optional
            Where inferences and embeddings come from. A new version stands beside the old one.
        quiet : bool, default False
            Show no progress bar.

        Returns
        -------
        report : Report
            How many datapoints were added, updated and unchanged.

        Raises
        ------
        InvalidArgument
            Something is wrong with an argument; nothing was sent.
        """
        origin = Origin(_name("model", model), _name("version", version), _name("layer", layer))
        batch = make_batch(
            keys=keys,
            files=files,
            texts=texts,
            uris=uris,
            labels=labels,
            inferences=inferences,
            confidences=confidences,
            probabilities=probabilities,
            classes=classes,
            metadata=metadata,
            embeddings=embeddings,
        )
        with Progress(f"{self._project_name} {self.name}", len(batch), quiet=quiet) as progress:
            return upload(
                self._connection,
                project_id=self._project_id,
                dataset_id=self.id,
                batch=batch,
                origin=origin,
                progress=progress,
            )

    def keys(self) -> list[str]:
        """Return the keys of all datapoints, in row order."""
        return read_keys(self._connection, self.id)

    def embeddings(
        self, *, layer: str | None = None, model: str | None = None, version: str | None = None
    ) -> np.ndarray[Any, Any]:
        """Return embeddings as they were logged.

        Parameters
        ----------
        layer, model, version : str, optional
            Which embeddings. Needed only where the dataset has several.

        Returns
        -------
        embeddings : ndarray of shape (n, d)
            Bit for bit as logged, in row order. `embedding_keys` gives their keys.

        Raises
        ------
        InvalidArgument
            There are none, or it is not clear which are meant; the message lists the choices.
        """
        return self._read_embeddings(layer, model, version)[0]

    def embedding_keys(
        self, *, layer: str | None = None, model: str | None = None, version: str | None = None
    ) -> list[str]:
        """Return the keys that go with `embeddings` of the same arguments: not every datapoint needs to have one."""
        return self._read_embeddings(layer, model, version)[1]

    def datapoints(self, tag: str | None = None) -> Datapoints:
        """Return the datapoints, in row order; with `tag` those that carry it.

        The result is a sequence that reads the datapoints page by page when they are looked at.
        """
        if tag is None:
            rows = read_rows(self._connection, self.id)
        else:
            rows = read_tagged_rows(self._connection, self.id, self._tag_id(tag))
        return Datapoints(self._connection, self.id, rows)

    def tag(self, name: str, *, keys: Iterable[str]) -> int:
        """Put a tag on datapoints; a missing tag is made. Returns how many did not carry it before."""
        return self._change_tag(TAG_SELECTION, name, keys)

    def untag(self, name: str, *, keys: Iterable[str]) -> int:
        """Take a tag off datapoints. Returns how many carried it before."""
        return self._change_tag(UNTAG_SELECTION, name, keys)

    def _change_tag(self, document: str, name: str, keys: Iterable[str]) -> int:
        wanted = as_keys(keys if hasattr(keys, "__len__") else list(keys)).unique()
        changed = 0
        for start in range(0, len(wanted), KEYS_IN_A_SELECTION):
            asked = {"keys": {self.id: wanted.slice(start, KEYS_IN_A_SELECTION).to_pylist()}}
            path = f"/bulk/v1/projects/{self._project_id}/selections"
            selection = self._connection.request("POST", path, json=asked).json()
            changed += self._connection.mutate(document, {"selectionId": selection["id"], "name": name})["changedCount"]
        return changed

    def _tag_id(self, name: str) -> str:
        tags = list(read_pages(self._connection, TAGS, {"projectId": self._project_id}))
        for tag in tags:
            if tag["name"] == name:
                return str(tag["id"])
        known = ", ".join(sorted(tag["name"] for tag in tags)) or "none"
        raise NotFound(f"{self._project_name} has no tag {name!r}; it has {known}.", code="NOT_FOUND", field="tag")

    def _read_embeddings(
        self, layer: str | None, model: str | None, version: str | None
    ) -> tuple[np.ndarray[Any, Any], list[str]]:
        sets = list_embedding_sets(self._connection, self.id)
        return read_vectors(self._connection, choose(self.name, sets, layer=layer, model=model, version=version).id)


def _name(argument: str, value: str | int | None) -> str:
    if value is None:
        return ""
    name = str(value).strip()
    if not 1 <= len(name) <= 100:
        raise InvalidArgument(argument, f"got {value!r}, wanted a name of 1 to 100 characters.")
    return name
