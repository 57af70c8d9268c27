"""Reading from a dataset."""

from __future__ import annotations

from typing import Any

import numpy as np

from chroma_sdk._arrow import read_vectors
from chroma_sdk._datapoints import Datapoint, Datapoints, read_datapoints
from chroma_sdk._dataset_part import DatasetPart
from chroma_sdk._documents.analyses import SCORE_SETS
from chroma_sdk._documents.arrays import INFERENCE_SETS
from chroma_sdk._documents.datasets import TAGS
from chroma_sdk._embedding_set import EmbeddingSet, choose, embedding_sets_of
from chroma_sdk._errors import NotFound
from chroma_sdk._inference_set import InferenceSet
from chroma_sdk._listing import Listing, named
from chroma_sdk._row_choice import check_role, found_rows, keys_of_role, rows_of_role, tagged_rows
from chroma_sdk._score_set import ScoreSet, as_score_set, choose_score_set, read_scores
from chroma_sdk._tag import Tag


class DatasetReading(DatasetPart):
    """Keys, datapoints and embeddings."""

    def keys(self, *, role: str | None = "context") -> list[str]:
        """Return the keys of the datapoints, in row order.

        Parameters
        ----------
        role : {"context", "object"} or None, default "context"
            Whole resources, regions inside of them, or None for both.
        """
        check_role(role)
        return keys_of_role(self._connection, self.id, role)[1]

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
        return self._vectors(layer, model, version)[0]

    def embedding_keys(
        self, *, layer: str | None = None, model: str | None = None, version: str | None = None
    ) -> list[str]:
        """Return the keys that go with `embeddings` of the same arguments: not every datapoint needs to have one."""
        return self._vectors(layer, model, version)[1]

    def embedding_sets(self) -> Listing[EmbeddingSet]:
        """Return its embedding sets: one for each layer and trained model."""
        return embedding_sets_of(self._home, self.id)

    def inference_sets(self) -> Listing[InferenceSet]:
        """Return its inference sets: one for each trained model that inferred something."""
        asked = {"datasetId": self.id}
        return Listing(self._connection, INFERENCE_SETS, asked, lambda node: InferenceSet(self._home, node))

    def score_sets(self) -> Listing[ScoreSet]:
        """Return what analyses scored of it."""
        return Listing(self._connection, SCORE_SETS, {"datasetId": self.id}, as_score_set)

    def scores(self, name: str, *, analysis: str | None = None) -> tuple[list[str], np.ndarray[Any, Any]]:
        """Return scores that an analysis gave.

        Parameters
        ----------
        name : str
            Of the score set, such as "iou".
        analysis : str, optional
            Name of the analysis. Needed only where several gave scores of this name.

        Returns
        -------
        keys : list of str
            Of the datapoints that have a score, in row order.
        scores : ndarray of shape (n,)
            Numbers, or strings where the scores are one of several values.
        """
        chosen = choose_score_set(self.score_sets(), name, owner=self.name, analysis=analysis)
        return read_scores(self._connection, self.id, chosen)

    def datapoints(
        self, tag: str | None = None, *, search: str | None = None, role: str | None = "context"
    ) -> Datapoints:
        """Return the datapoints, in row order.

        Parameters
        ----------
        tag : str, optional
            Only those that carry it.
        search : str, optional
            Only those whose key or text contains it, in small or capital letters.
        role : {"context", "object"} or None, default "context"
            Whole resources, regions inside of them, or None for both.

        Returns
        -------
        datapoints : Datapoints
            A sequence that reads the datapoints page by page when they are looked at.
        """
        check_role(role)
        tag_id = None if tag is None else self._tag_id(tag)
        if search:
            rows = found_rows(self._connection, self.id, search, tag_id, role)
        elif tag_id is not None:
            rows = tagged_rows(self._connection, self.id, tag_id, role)
        else:
            rows = rows_of_role(self._connection, self.id, role)
        return Datapoints(self._connection, self.id, rows)

    def datapoint(self, key: str) -> Datapoint:
        """Return the datapoint with this key. Raises NotFound."""
        found = read_datapoints(self._connection, self.id, keys=[str(key)])
        if not found:
            raise NotFound(f"{self.name} has no datapoint {str(key)!r}.", code="NOT_FOUND", field="key")
        return found[0]

    def _tag_id(self, name: str) -> str:
        asked = {"projectId": self._home.project_id}
        tags = Listing(self._connection, TAGS, asked, lambda node: Tag(self._home, node))
        return named(tags, name, noun="tag", owner=self._home.project_name).id

    def _vectors(
        self, layer: str | None, model: str | None, version: str | None
    ) -> tuple[np.ndarray[Any, Any], list[str]]:
        chosen = choose(self.name, self.embedding_sets(), layer=layer, model=model, version=version)
        return read_vectors(self._connection, chosen.id)
