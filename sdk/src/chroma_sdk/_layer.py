"""Layers, and sets of layers that were captured together."""

from __future__ import annotations

from typing import Any

from chroma_sdk._documents.models import (
    CREATE_LAYER,
    DELETE_LAYER,
    DELETE_LAYER_SET,
    LAYERS,
    RENAME_LAYER,
    RENAME_LAYER_SET,
)
from chroma_sdk._listing import Listing
from chroma_sdk._noun import Noun


class Layer(Noun):
    """The place in a network whose activations are an embedding. Get one from `TrainedModel.layer`.

    Attributes
    ----------
    id : str
    name : str
    layer_set : str
    model, version : str
        The trained model.
    """

    def __repr__(self) -> str:
        return f"<Layer {self.name!r} of {self.model!r} {self.version!r}>"

    def rename(self, name: str) -> Layer:
        """Give it another name, and return it. Raises Conflict if its set has a layer of that name."""
        self._take(self._mutate(RENAME_LAYER, name=name)["layer"])
        return self

    def delete(self) -> None:
        """Delete it with its embeddings."""
        self._mutate(DELETE_LAYER)

    def _read(self, stored: Any) -> None:
        self.name: str = stored["name"]
        self.layer_set: str = stored["layerSet"]["name"]
        self.layer_set_id: str = stored["layerSet"]["id"]
        trained_model = stored["layerSet"]["trainedModel"]
        self.trained_model_id: str = trained_model["id"]
        self.model: str = trained_model["modelArchitecture"]["name"]
        self.version: str = trained_model["version"]


class LayerSet(Noun):
    """Layers of a trained model that were captured together.

    Attributes
    ----------
    id : str
    name : str
    model, version : str
        The trained model.
    """

    def __repr__(self) -> str:
        return f"<LayerSet {self.name!r} of {self.model!r} {self.version!r}>"

    def layers(self) -> list[Layer]:
        """Return its layers."""
        asked = {"projectId": self._home.project_id}
        layers = Listing(self._connection, LAYERS, asked, lambda node: Layer(self._home, node))
        return [each for each in layers if each.layer_set_id == self.id]

    def create_layer(self, name: str) -> Layer:
        """Make a layer; logging makes missing ones by itself."""
        return Layer(self._home, self._connection.mutate(CREATE_LAYER, {"layerSetId": self.id, "name": name})["layer"])

    def rename(self, name: str) -> LayerSet:
        """Give it another name, and return it. Raises Conflict if the trained model has a set of that name."""
        self._take(self._mutate(RENAME_LAYER_SET, name=name)["layerSet"])
        return self

    def delete(self) -> None:
        """Delete it with its layers and their embeddings."""
        self._mutate(DELETE_LAYER_SET)

    def _read(self, stored: Any) -> None:
        self.name: str = stored["name"]
        self.trained_model_id: str = stored["trainedModel"]["id"]
        self.model: str = stored["trainedModel"]["modelArchitecture"]["name"]
        self.version: str = stored["trainedModel"]["version"]
