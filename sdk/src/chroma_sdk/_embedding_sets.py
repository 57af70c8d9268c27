"""Finds the one embedding set that layer, model and version mean, or lists the choices."""

from __future__ import annotations

from dataclasses import dataclass

from chroma_sdk._connection import Connection
from chroma_sdk._documents import EMBEDDING_SETS
from chroma_sdk._errors import InvalidArgument
from chroma_sdk._pages import read_pages


@dataclass(frozen=True)
class EmbeddingSet:
    """All vectors of one dataset from one layer of one trained model."""

    id: str
    model: str
    version: str
    layer: str
    dimension: int
    embedding_count: int

    def __str__(self) -> str:
        return f"layer={self.layer!r}, model={self.model!r}, version={self.version!r}"


def list_embedding_sets(connection: Connection, dataset_id: str) -> list[EmbeddingSet]:
    """Return all embedding sets of a dataset."""
    found = []
    for node in read_pages(connection, EMBEDDING_SETS, {"datasetId": dataset_id}):
        trained_model = node["layer"]["layerSet"]["trainedModel"]
        found.append(
            EmbeddingSet(
                id=node["id"],
                model=trained_model["modelArchitecture"]["name"],
                version=trained_model["version"],
                layer=node["layer"]["name"],
                dimension=node["dimension"],
                embedding_count=node["embeddingCount"],
            )
        )
    return found


def choose(
    dataset: str, sets: list[EmbeddingSet], *, layer: str | None, model: str | None, version: str | None
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


def _choices(sets: list[EmbeddingSet]) -> str:
    return " · ".join(f"({found})" for found in sets)
