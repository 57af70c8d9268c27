"""What the columns of an exported file are called, and how an import reads these names again.

A trained model is written "cnn 1": its architecture, a blank, its version. Blanks inside a version or a layer are
written %20 (and % as %25), so that the parts can always be told apart, whatever people call them.
"""

from __future__ import annotations

from dataclasses import dataclass

from apps.lineage.models import Layer, TrainedModel

# By the dtype of the vectors: in text formats nothing else would say it.
EMBEDDING_PREFIXES = {"float32": "embedding", "float16": "embedding16", "float64": "embedding64"}
EMBEDDING_DTYPES = {prefix: dtype for dtype, prefix in EMBEDDING_PREFIXES.items()}
GROUND_TRUTH = "ground_truth"
# The first characters of texts that a spreadsheet runs as formulas, plain and full-width, and of those that were
# guarded against that by an apostrophe: as in a regular expression, within brackets.
GUARDED = r"=+\-@\t\r\n'＝＋－＠"


@dataclass(frozen=True)
class ModelName:
    """A trained model, and perhaps one of its layers, by name."""

    model: str
    version: str
    layer: str = ""


def name_of_model(trained_model: TrainedModel) -> str:
    return f"{trained_model.model_architecture.name} {_written(trained_model.version)}"


def name_of_layer(layer: Layer) -> str:
    return f"{name_of_model(layer.layer_set.trained_model)} {_written(layer.name)}"


def model_named(text: str) -> ModelName | None:
    """The trained model that is written so; None where the text names none."""
    model, _, version = text.rpartition(" ")
    return ModelName(model, _read(version)) if model and version else None


def layer_named(text: str) -> ModelName | None:
    rest, _, layer = text.rpartition(" ")
    found = model_named(rest)
    return ModelName(found.model, found.version, _read(layer)) if found and layer else None


def _written(part: str) -> str:
    return part.replace("%", "%25").replace(" ", "%20")


def _read(part: str) -> str:
    return part.replace("%20", " ").replace("%25", "%")
