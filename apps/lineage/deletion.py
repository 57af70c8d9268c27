"""What goes with what: inference sets and layers with their trained model, columns with their inference set."""

from __future__ import annotations

from apps.datasets.models import Column, Dataset
from apps.lineage.models import InferenceSet, LayerSet, ModelArchitecture, TrainedModel
from apps.projects.cascades import before_deleting, delete_whole


@before_deleting(ModelArchitecture)
def delete_trained_models(architecture: ModelArchitecture) -> None:
    for trained_model in architecture.trained_models.all():
        delete_whole(trained_model)


@before_deleting(TrainedModel)
def delete_what_it_gave(trained_model: TrainedModel) -> None:
    for inference_set in trained_model.inference_sets.all():
        delete_whole(inference_set)
    for layer_set in trained_model.layer_sets.all():
        delete_whole(layer_set)


@before_deleting(LayerSet)
def delete_layers(layer_set: LayerSet) -> None:
    for layer in layer_set.layers.all():
        delete_whole(layer)


@before_deleting(Dataset)
def delete_inference_sets(dataset: Dataset) -> None:
    for inference_set in dataset.inference_sets.all():
        delete_whole(inference_set)


@before_deleting(InferenceSet)
def delete_columns(inference_set: InferenceSet) -> None:
    columns = [
        inference_set.category_column_id,
        inference_set.confidence_column_id,
        inference_set.probabilities_column_id,
    ]
    Column.objects.filter(pk__in=[pk for pk in columns if pk is not None]).delete()
