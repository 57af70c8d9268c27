"""Trained models: versions of a model."""

from __future__ import annotations

from typing import Any

from chroma_sdk._dataset import Dataset
from chroma_sdk._documents.arrays import EMBEDDING_SETS, INFERENCE_SETS
from chroma_sdk._documents.models import (
    CREATE_LAYER_SET,
    DELETE_TRAINED_MODEL,
    LAYER_SETS,
    LAYERS,
    RENAME_TRAINED_MODEL,
    UPDATE_TRAINED_MODEL,
)
from chroma_sdk._embedding_set import EmbeddingSet
from chroma_sdk._errors import InvalidArgument
from chroma_sdk._inference_set import InferenceSet
from chroma_sdk._layer import Layer, LayerSet
from chroma_sdk._listing import Listing, named
from chroma_sdk._noun import Noun
from chroma_sdk._slice import Slice


class TrainedModel(Noun):
    """One trained version of a model. Get one from `Model.version`.

    Attributes
    ----------
    id : str
    model, version : str
    model_id : str
    trained_on : str or None
        Name of the dataset or slice that it was trained on.
    """

    def __repr__(self) -> str:
        return f"<TrainedModel {self.model!r} {self.version!r}>"

    def __str__(self) -> str:
        return f"{self.model} {self.version}"

    def layer_sets(self) -> list[LayerSet]:
        """Return the layers that were captured together."""
        sets = Listing(self._connection, LAYER_SETS, self._of_the_project, lambda node: LayerSet(self._home, node))
        return [each for each in sets if each.trained_model_id == self.id]

    def layers(self) -> list[Layer]:
        """Return all its layers."""
        layers = Listing(self._connection, LAYERS, self._of_the_project, lambda node: Layer(self._home, node))
        return [each for each in layers if each.trained_model_id == self.id]

    def layer(self, name: str) -> Layer:
        """Return one layer. Raises NotFound, which lists the choices."""
        return named(self.layers(), name, noun="layer", owner=f"{self.model} {self.version}")

    def create_layer_set(self, name: str) -> LayerSet:
        """Make a set of layers; logging makes missing ones by itself."""
        made = self._connection.mutate(CREATE_LAYER_SET, {"trainedModelId": self.id, "name": name})
        return LayerSet(self._home, made["layerSet"])

    def embedding_sets(self) -> list[EmbeddingSet]:
        """Return the embedding sets that it gave."""
        made = Listing(
            self._connection, EMBEDDING_SETS, self._of_the_project, lambda node: EmbeddingSet(self._home, node)
        )
        return [each for each in made if each.trained_model_id == self.id]

    def inference_sets(self) -> list[InferenceSet]:
        """Return what it said, dataset by dataset."""
        made = Listing(
            self._connection, INFERENCE_SETS, self._of_the_project, lambda node: InferenceSet(self._home, node)
        )
        return [each for each in made if each.trained_model_id == self.id]

    def set_trained_on(self, trained_on: Dataset | Slice | None) -> TrainedModel:
        """Say which Dataset or Slice it was trained on (None: unknown), and return it."""
        self._take(self._mutate(UPDATE_TRAINED_MODEL, **trained_on_ids(trained_on))["trainedModel"])
        return self

    def rename(self, version: str) -> TrainedModel:
        """Give it another version, and return it. Raises Conflict if the model has that version."""
        self._take(self._mutate(RENAME_TRAINED_MODEL, version=version)["trainedModel"])
        return self

    def delete(self) -> None:
        """Delete it with its layers, inferences and embeddings."""
        self._mutate(DELETE_TRAINED_MODEL)

    @property
    def _of_the_project(self) -> dict[str, str]:
        return {"projectId": self._home.project_id}

    def _read(self, stored: Any) -> None:
        self.model: str = stored["modelArchitecture"]["name"]
        self.model_id: str = stored["modelArchitecture"]["id"]
        self.version: str = stored["version"]
        source = stored["trainedOnDataset"] or stored["trainedOnSlice"]
        self.trained_on: str | None = source and source["name"]


def trained_on_ids(trained_on: Any) -> dict[str, str | None]:
    """Return what tells the server the dataset or slice that a model was trained on."""
    if trained_on is not None and not isinstance(trained_on, (Dataset, Slice)):
        raise InvalidArgument("trained_on", f"got {type(trained_on).__name__}, wanted a Dataset or a Slice.")
    return {
        "trainedOnDatasetId": trained_on.id if isinstance(trained_on, Dataset) else None,
        "trainedOnSliceId": trained_on.id if isinstance(trained_on, Slice) else None,
    }
