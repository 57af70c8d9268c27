"""What was decided about a file: which column is which field, and whose inferences and embeddings these are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from apps.common.errors import BadUserInput
from apps.curation.column_names import EMBEDDING_DTYPES, ModelName, layer_named, model_named
from apps.curation.imports import kinds
from apps.curation.imports.targets import BOX, METADATA, SKIP, check_field


@dataclass(frozen=True)
class Vectors:
    """A column of vectors: of which layer, and of which type where the file does not say."""

    column: str
    layer: ModelName
    dtype: str | None


@dataclass(frozen=True)
class ImportPlan:
    # The columns of the file by field.
    fields: dict[str, str]
    # By column: the kind of its values and, of JSON, the kinds under each name.
    kinds: dict[str, str]
    keys: dict[str, dict[str, str]]
    # For inferences and embeddings whose column names no model.
    default: ModelName

    @property
    def metadata(self) -> dict[str, str]:
        """Columns by the metadata key that they become."""
        return {name.removeprefix(METADATA): at for name, at in self.fields.items() if name.startswith(METADATA)}

    @property
    def models(self) -> dict[ModelName, dict[str, str]]:
        """Columns of inferences and confidences by the trained model that they name."""
        found: dict[ModelName, dict[str, str]] = {}
        for name, column in self.fields.items():
            field, _, rest = name.partition(":")
            model = model_named(rest) if field in {"inference", "confidence"} and rest else None
            if model is not None:
                found.setdefault(model, {})[field] = column
        return found

    @property
    def vectors(self) -> list[Vectors]:
        found = []
        for name, column in self.fields.items():
            prefix, _, rest = name.partition(":")
            if prefix in EMBEDDING_DTYPES:
                dtype = None if name == "embedding" else EMBEDDING_DTYPES[prefix]
                found.append(Vectors(column, (layer_named(rest) if rest else None) or self.default, dtype))
        return found


def make_plan(
    columns: Sequence[dict[str, Any]], mapping: Sequence[tuple[str, str]], *, default: ModelName
) -> ImportPlan:
    """Check a mapping of columns to fields against the file's columns. What it does not name is left out."""
    known = {column["name"]: column for column in columns}
    fields: dict[str, str] = {}
    for column, field in mapping:
        if column not in known:
            raise BadUserInput(f"The file has no column {column[:100]!r}.", field="mapping")
        if check_field(field) == SKIP:
            continue
        if field in fields:
            raise BadUserInput(f"Two columns are mapped to {field}: {fields[field]!r} and {column!r}.", field="mapping")
        fields[field] = column
    if "key" not in fields:
        raise BadUserInput("Map one column to key: it names each datapoint.", field="mapping")
    box = [name for name in BOX if name in fields]
    if box and (len(box) < len(BOX) or "box" in fields):
        raise BadUserInput("A box is either one column of four numbers, or all of box_x … box_height.", field="mapping")
    if ("box" in fields or box) and "parent" not in fields:
        raise BadUserInput("Objects need the column parent besides their box.", field="mapping")
    return ImportPlan(
        fields=fields,
        kinds={name: column["kind"] or kinds.TEXT for name, column in known.items()},
        keys={name: column.get("keys", {}) for name, column in known.items()},
        default=default,
    )
