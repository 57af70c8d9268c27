"""Embedding sets: all vectors of one dataset from one layer; and which of them layer, model and version mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chroma_sdk._documents.arrays import DELETE_EMBEDDING_SET, EMBEDDING_SETS
from chroma_sdk._errors import InvalidArgument
from chroma_sdk._home import Home
from chroma_sdk._listing import Listing
from chroma_sdk._noun import Noun


class EmbeddingSet(Noun):
    """All vectors of one dataset from one layer of one trained model. `Project.embedding_sets` lists them.

    Attributes
    ----------
    id : str
    dataset : str
    model, version, layer : str
    dimension : int
    dtype : str
        As logged, such as "float32".
    embedding_count, context_count, object_count : int
    """

    def __repr__(self) -> str:
        return f"<EmbeddingSet of {self.dataset!r}: {self}, {self.embedding_count:,} x {self.dimension:,}>"

    def __str__(self) -> str:
        return f"layer={self.layer!r}, model={self.model!r}, version={self.version!r}"

    def delete(self) -> None:
        """Delete these vectors, and the maps that are made of them."""
        self._mutate(DELETE_EMBEDDING_SET)

    def _read(self, stored: Any) -> None:
        trained_model = stored["layer"]["layerSet"]["trainedModel"]
        self.dataset: str = stored["dataset"]["name"]
        self.dataset_id: str = stored["dataset"]["id"]
        self.trained_model_id: str = trained_model["id"]
        self.model: str = trained_model["modelArchitecture"]["name"]
        self.version: str = trained_model["version"]
        self.layer: str = stored["layer"]["name"]
        self.dimension: int = stored["dimension"]
        self.dtype: str = stored["dtype"]
        self.embedding_count: int = stored["embeddingCount"]
        self.context_count: int = stored["contextCount"]
        self.object_count: int = stored["objectCount"]


def embedding_sets_of(home: Home, dataset_id: str) -> Listing[EmbeddingSet]:
    """Return all embedding sets of a dataset."""
    asked = {"datasetId": dataset_id}
    return Listing(home.connection, EMBEDDING_SETS, asked, lambda node: EmbeddingSet(home, node))


def choose(
    dataset: str, sets: Sequence[EmbeddingSet], *, layer: str | None, model: str | None, version: str | None
) -> EmbeddingSet:
    """Return the one that is meant. Raises InvalidArgument when there is none, or more than one."""
    wanted = {"layer": layer, "model": model, "version": version}
    fitting = [found for found in sets if all(value in (None, getattr(found, name)) for name, value in wanted.items())]
    if len(fitting) == 1:
        return fitting[0]
    if not sets:
        raise InvalidArgument("layer", f"{dataset} has no embeddings yet.")
    asked = next((name for name, value in wanted.items() if value is not None), "layer")
    if not fitting:
        given = ", ".join(f"{name}={value!r}" for name, value in wanted.items() if value is not None)
        raise InvalidArgument(asked, f"{dataset} has no embeddings with {given}; it has {_choices(sets)}.")
    argument = next(name for name in wanted if len({getattr(found, name) for found in fitting}) > 1)
    raise InvalidArgument(argument, f"{dataset} has several embedding sets; say which: {_choices(fitting)}.")


def _choices(sets: Sequence[EmbeddingSet]) -> str:
    return " · ".join(f"({found})" for found in sets)
