from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import strawberry
import strawberry_django
from django.db.models import QuerySet
from strawberry import Info, auto

from apps.common.graphql.connections import ChromaConnection, connection
from apps.common.graphql.context import actor_of
from apps.common.graphql.edits import edit_version
from apps.datasets.graphql.types import Category, Dataset
from apps.lineage import inferences, models
from apps.lineage.disagreement import disagreement_count
from apps.projects import access

if TYPE_CHECKING:
    from apps.curation.graphql.types import Slice
    from apps.embeddings.graphql.types import EmbeddingSet


@strawberry_django.type(models.ModelArchitecture)
class ModelArchitecture:
    """The kind of network, by name."""

    id: strawberry.ID
    name: auto
    edit_version: int = edit_version()
    created_at: auto
    trained_models: ChromaConnection[TrainedModel] = connection()

    @classmethod
    def get_queryset(
        cls, queryset: QuerySet[models.ModelArchitecture], info: Info[Any, Any]
    ) -> QuerySet[models.ModelArchitecture]:
        return access.visible(actor_of(info), queryset)


@strawberry_django.type(models.TrainedModel)
class TrainedModel:
    """One trained version of a model architecture."""

    id: strawberry.ID
    model_architecture: ModelArchitecture
    version: auto
    created_at: auto
    edit_version: int = edit_version()
    trained_on_dataset: Dataset | None
    trained_on_slice: Annotated[Slice, strawberry.lazy("apps.curation.graphql.types")] | None
    layer_sets: ChromaConnection[LayerSet] = connection()
    inference_sets: ChromaConnection[InferenceSet] = connection()

    @classmethod
    def get_queryset(
        cls, queryset: QuerySet[models.TrainedModel], info: Info[Any, Any]
    ) -> QuerySet[models.TrainedModel]:
        return access.visible(actor_of(info), queryset)


@strawberry_django.type(models.LayerSet)
class LayerSet:
    """The layers that were captured together."""

    id: strawberry.ID
    name: auto
    trained_model: TrainedModel
    edit_version: int = edit_version()
    layers: ChromaConnection[Layer] = connection()

    @classmethod
    def get_queryset(cls, queryset: QuerySet[models.LayerSet], info: Info[Any, Any]) -> QuerySet[models.LayerSet]:
        return access.visible(actor_of(info), queryset)


@strawberry_django.type(models.Layer)
class Layer:
    """The place in a trained model whose activations are the embedding."""

    id: strawberry.ID
    name: auto
    layer_set: LayerSet
    edit_version: int = edit_version()
    embedding_sets: ChromaConnection[Annotated[EmbeddingSet, strawberry.lazy("apps.embeddings.graphql.types")]] = (
        connection()
    )

    @classmethod
    def get_queryset(cls, queryset: QuerySet[models.Layer], info: Info[Any, Any]) -> QuerySet[models.Layer]:
        return access.visible(actor_of(info), queryset)


@strawberry_django.type(models.InferenceSet)
class InferenceSet:
    """What one trained model says of the datapoints of one dataset."""

    id: strawberry.ID
    trained_model: TrainedModel
    dataset: Dataset
    created_at: auto

    @strawberry_django.field(select_related=["category_column"], only=["category_column__present"])
    def inference_count(self, root: strawberry.Parent[models.InferenceSet]) -> int:
        return inferences.inference_count(root)

    @strawberry_django.field(only=["confidence_column_id"])
    def has_confidence(self, root: strawberry.Parent[models.InferenceSet]) -> bool:
        return root.confidence_column_id is not None

    @strawberry_django.field(only=["probabilities_column_id"])
    def has_probabilities(self, root: strawberry.Parent[models.InferenceSet]) -> bool:
        return root.probabilities_column_id is not None

    @strawberry_django.field(
        select_related=inferences.COLUMNS,
        only=[f"{column}__version" for column in inferences.COLUMNS],
        description="Rises with every change of the inferences.",
    )
    def version(self, root: strawberry.Parent[models.InferenceSet]) -> int:
        return inferences.version_of(root)

    @strawberry_django.field(
        only=["dataset_id", "category_column_id"],
        description="How many labelled datapoints have an inference that names another category.",
    )
    def disagreement_count(self, root: strawberry.Parent[models.InferenceSet]) -> int:
        return disagreement_count(root)

    @classmethod
    def get_queryset(
        cls, queryset: QuerySet[models.InferenceSet], info: Info[Any, Any]
    ) -> QuerySet[models.InferenceSet]:
        return access.visible(actor_of(info), queryset)


@strawberry.type
class Probability:
    """What a trained model gives to one category."""

    category: Category
    value: float


@strawberry.type
class Inference:
    """What a trained model says of one datapoint."""

    inference_set: InferenceSet
    category: Category | None
    confidence: float | None
    probabilities: list[Probability] | None
