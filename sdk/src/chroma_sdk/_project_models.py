"""The models of a project, and what they gave."""

from __future__ import annotations

from chroma_sdk._documents.arrays import EMBEDDING_SETS, INFERENCE_SETS
from chroma_sdk._documents.models import CREATE_MODEL, MODELS, TRAINED_MODELS
from chroma_sdk._embedding_set import EmbeddingSet
from chroma_sdk._inference_set import InferenceSet
from chroma_sdk._listing import Listing, named
from chroma_sdk._model import Model
from chroma_sdk._project_part import ProjectPart
from chroma_sdk._trained_model import TrainedModel


class ProjectModels(ProjectPart):
    """Models, embedding sets and inference sets."""

    def models(self) -> Listing[Model]:
        """Return all models; their trained models are `Model.versions`."""
        return self._list(MODELS, Model)

    def model(self, name: str) -> Model:
        """Return the model of this name. Raises NotFound, which lists the choices."""
        return named(self.models(), name, noun="model", owner=self._home.project_name)

    def create_model(self, name: str) -> Model:
        """Make a model; logging makes missing ones by itself. Raises Conflict if there is one of that name."""
        return Model(self._home, self._create(CREATE_MODEL, name=name))

    def trained_models(self) -> Listing[TrainedModel]:
        """Return the versions of all models."""
        return self._list(TRAINED_MODELS, TrainedModel)

    def embedding_sets(self) -> Listing[EmbeddingSet]:
        """Return all embedding sets: one for each dataset, layer and trained model."""
        return self._list(EMBEDDING_SETS, EmbeddingSet)

    def inference_sets(self) -> Listing[InferenceSet]:
        """Return all inference sets: one for each dataset and trained model."""
        return self._list(INFERENCE_SETS, InferenceSet)
