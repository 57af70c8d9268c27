from __future__ import annotations

from apps.lineage.services.architectures import (
    create_model_architecture,
    delete_model_architecture,
    get_or_create_model_architecture,
    rename_model_architecture,
)
from apps.lineage.services.inference_sets import delete_inference_set
from apps.lineage.services.layers import (
    create_layer,
    create_layer_set,
    delete_layer,
    delete_layer_set,
    rename_layer,
    rename_layer_set,
)
from apps.lineage.services.trained_models import (
    TrainedOn,
    create_trained_model,
    delete_trained_model,
    get_or_create_trained_model_of,
    rename_trained_model,
    update_trained_model,
)

__all__ = [
    "TrainedOn",
    "create_layer",
    "create_layer_set",
    "create_model_architecture",
    "create_trained_model",
    "delete_inference_set",
    "delete_layer",
    "delete_layer_set",
    "delete_model_architecture",
    "delete_trained_model",
    "get_or_create_model_architecture",
    "get_or_create_trained_model_of",
    "rename_layer",
    "rename_layer_set",
    "rename_model_architecture",
    "rename_trained_model",
    "update_trained_model",
]
