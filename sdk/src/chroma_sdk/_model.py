"""Model architectures: kinds of networks."""

from __future__ import annotations

from typing import Any

from chroma_sdk._dataset import Dataset
from chroma_sdk._documents.models import CREATE_TRAINED_MODEL, DELETE_MODEL, RENAME_MODEL, TRAINED_MODELS
from chroma_sdk._listing import Listing, named
from chroma_sdk._noun import Noun
from chroma_sdk._slice import Slice
from chroma_sdk._trained_model import TrainedModel, trained_on_ids


class Model(Noun):
    """A kind of network; its trained models are its versions. Get one from `Project.model`.

    Attributes
    ----------
    id : str
    name : str
    """

    def __repr__(self) -> str:
        return f"<Model {self.name!r}>"

    def versions(self) -> list[TrainedModel]:
        """Return its trained models."""
        asked = {"projectId": self._home.project_id}
        trained = Listing(self._connection, TRAINED_MODELS, asked, lambda node: TrainedModel(self._home, node))
        return [each for each in trained if each.model_id == self.id]

    def version(self, version: str) -> TrainedModel:
        """Return one trained model. Raises NotFound, which lists the choices."""
        return named(self.versions(), version, noun="version", owner=f"model {self.name}", attribute="version")

    def create_version(self, version: str, *, trained_on: Dataset | Slice | None = None) -> TrainedModel:
        """Make a trained model; logging makes missing ones by itself.

        Parameters
        ----------
        version : str
        trained_on : Dataset or Slice, optional
            What it was trained on.
        """
        asked = {"modelArchitectureId": self.id, "version": version, **trained_on_ids(trained_on)}
        return TrainedModel(self._home, self._connection.mutate(CREATE_TRAINED_MODEL, asked)["trainedModel"])

    def rename(self, name: str) -> Model:
        """Give it another name, and return it. Raises Conflict if there is a model of that name."""
        self._take(self._mutate(RENAME_MODEL, name=name)["modelArchitecture"])
        return self

    def delete(self) -> None:
        """Delete it with its trained models, their layers, inferences and embeddings."""
        self._mutate(DELETE_MODEL)

    def _read(self, stored: Any) -> None:
        self.name: str = stored["name"]
        self.created_at: str = stored["createdAt"]
