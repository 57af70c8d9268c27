"""What a column of a file may become, and what its name and values suggest."""

from __future__ import annotations

from apps.common.errors import BadUserInput
from apps.common.names import is_keepable
from apps.curation.column_names import EMBEDDING_DTYPES, layer_named, model_named
from apps.curation.imports import kinds

SKIP = "skip"
BOX = ("box_x", "box_y", "box_width", "box_height")
# Each of these can be given once.
PLAIN = (
    "key", "label", "logged_label", "label_why", "inference", "inference_model", "confidence", "text", "uri", "file",
    "tags", "metadata", "role", "parent", "source", "box", *BOX,
)  # fmt: skip
METADATA = "metadata:"
# Fields that name a trained model, and those that name one of its layers.
OF_MODELS = ("inference:", "confidence:")
OF_LAYERS = tuple(f"{prefix}:" for prefix in EMBEDDING_DTYPES)
# Columns of an export that say what Chroma knows better, or cannot take over.
OF_EXPORTS = {"dataset", "agreement", "label_changed_by", "label_changed_at", "label_changes", "file_name"}
SYNONYMS = {
    "id": "key", "uid": "key", "filename": "key",
    "class": "label", "category": "label", "target": "label",
    "prediction": "inference", "predicted": "inference", "pred": "inference",
    "probability": "confidence",
    "url": "uri", "image_url": "uri",
    "image": "file", "path": "file",
    "content": "text", "body": "text", "sentence": "text", "caption": "text",
    "features": "embedding", "vector": "embedding", "embeddings": "embedding",
    "bbox": "box",
}  # fmt: skip


def check_field(field: str) -> str:
    """Refuse what is no field."""
    is_named = (
        (field.startswith(METADATA) and len(field) > len(METADATA))
        or (field.startswith(OF_MODELS) and model_named(field.partition(":")[2]) is not None)
        or (field.startswith(OF_LAYERS) and layer_named(field.partition(":")[2]) is not None)
    )
    if is_keepable(field) and (field in {SKIP, *PLAIN, *EMBEDDING_DTYPES} or is_named):
        return field
    raise BadUserInput(
        f"There is no field {field[:100]!r}. Fields are {', '.join(PLAIN)}, embedding, metadata:<name>, "
        "inference:<model> <version>, confidence:<model> <version>, embedding:<model> <version> <layer> and skip.",
        field="mapping",
    )


def suggestion(name: str, kind: str | None) -> str:
    """The field that a column of this name and kind most likely is."""
    plain = name.strip().lower().replace(" ", "_")
    if name in OF_EXPORTS or name.startswith("score:"):
        return SKIP
    if kind == kinds.VECTOR:
        return _vector(name, SYNONYMS.get(plain, plain))
    field = name if _is_field(name) else SYNONYMS.get(plain, plain)
    if field in PLAIN or _is_field(field):
        return field
    if kind in {kinds.NUMBER, kinds.INTEGER, kinds.BOOLEAN, kinds.TEXT, None}:
        return f"{METADATA}{name.strip()[:100]}"
    return SKIP


def _vector(name: str, plain: str) -> str:
    if plain == "box" or (name.startswith(OF_LAYERS) and _is_field(name)):
        return name if plain != "box" else "box"
    return plain if plain in EMBEDDING_DTYPES else SKIP


def _is_field(name: str) -> bool:
    try:
        return check_field(name) != SKIP
    except BadUserInput:
        return False
