"""A batch of rows as a log takes them: contexts and objects, every field converted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from apps.curation.column_names import ModelName, model_named
from apps.curation.imports.cells import TYPES, Cells, Numbers
from apps.curation.imports.plan import ImportPlan
from apps.curation.imports.problems import Problems
from apps.curation.imports.targets import BOX, METADATA

RESOURCES = ("text", "uri", "file")


@dataclass
class Rows:
    """Columns by the names that a log has for them; all of the same length."""

    numbers: Numbers
    is_object: Any
    # What belongs to no model: key, label, resources, metadata, and of objects parent, box and source.
    facts: dict[str, pa.Array]
    # By trained model: inference and confidence. By layer: vectors.
    inferences: dict[ModelName, dict[str, pa.Array]] = field(default_factory=dict)
    embeddings: dict[ModelName, pa.Array] = field(default_factory=dict)
    # What is done after logging: tags, and the labels that people gave with their reasons.
    tags: list[list[str]] = field(default_factory=list)
    corrections: list[tuple[str | None, str]] | None = None

    def take(self, mask: Any) -> Rows:
        """Some of the rows."""
        chosen = pa.array(mask)
        places = np.flatnonzero(mask)
        return Rows(
            numbers=self.numbers[mask],
            is_object=self.is_object[mask],
            facts={name: values.filter(chosen) for name, values in self.facts.items()},
            inferences={
                model: {name: values.filter(chosen) for name, values in columns.items()}
                for model, columns in self.inferences.items()
            },
            embeddings={
                layer: kept
                for layer, values in self.embeddings.items()
                if (kept := values.filter(chosen)).null_count < len(kept)
            },
            tags=[self.tags[place] for place in places] if self.tags else [],
            corrections=[self.corrections[place] for place in places] if self.corrections is not None else None,
        )


def convert(plan: ImportPlan, numbers: Numbers, table: pa.Table, problems: Problems) -> Rows:
    """Convert every mapped column of a batch."""
    count = table.num_rows

    def cells(column: str) -> Cells:
        values = table.column(column) if column in table.column_names else pa.nulls(count)
        return Cells(column, values, numbers, problems)

    fields = {name: cells(column) for name, column in plan.fields.items()}
    texts = {name: fields[name].texts() for name in ("key", "parent", "source", *RESOURCES) if name in fields}
    facts = texts | {
        f"{METADATA}{name}": fields[METADATA + name].typed(plan.kinds[at]) for name, at in plan.metadata.items()
    }
    if "metadata" in fields:
        facts |= _from_objects(fields["metadata"], plan.keys[plan.fields["metadata"]])
    label = fields["label"].texts() if "label" in fields else None
    logged = fields["logged_label"].texts() if "logged_label" in fields else label
    if logged is not None:
        facts["label"] = logged
    rows = Rows(numbers=numbers, is_object=_is_object(fields, count), facts=facts)
    if "box" in fields or BOX[0] in fields:
        facts["box"] = _boxes(fields, count)
    rows.inferences = _inferences(plan, fields, count)
    matrices = {vectors.layer: cells(vectors.column).matrix(vectors.dtype) for vectors in plan.vectors}
    rows.embeddings = {layer: matrix for layer, matrix in matrices.items() if matrix.null_count < count}
    rows.tags = fields["tags"].tag_lists() if "tags" in fields else []
    if label is not None and "logged_label" in fields:
        whys = fields["label_why"].texts().to_pylist() if "label_why" in fields else [None] * count
        rows.corrections = [(name, why or "") for name, why in zip(label.to_pylist(), whys, strict=True)]
    return rows


def joined(parts: list[Rows]) -> Rows:
    """The rows of several batches as one."""
    models = dict.fromkeys(model for part in parts for model in part.inferences)
    layers = dict.fromkeys(layer for part in parts for layer in part.embeddings)
    return Rows(
        numbers=np.concatenate([part.numbers for part in parts]),
        is_object=np.concatenate([part.is_object for part in parts]),
        facts=_joined_columns(parts, [part.facts for part in parts]),
        inferences={
            model: _joined_columns(parts, [part.inferences.get(model, {}) for part in parts]) for model in models
        },
        embeddings={
            layer: _joined_columns(
                parts, [{"it": part.embeddings[layer]} if layer in part.embeddings else {} for part in parts]
            )["it"]
            for layer in layers
        },
        tags=[tags for part in parts for tags in part.tags],
        corrections=None
        if parts[0].corrections is None
        else [each for part in parts for each in part.corrections or ()],
    )


def _joined_columns(parts: list[Rows], columns: list[dict[str, pa.Array]]) -> dict[str, pa.Array]:
    """Columns that a part does not have are null there."""
    kinds = {name: values.type for each in columns for name, values in each.items()}
    return {
        name: pa.concat_arrays(
            [each.get(name, pa.nulls(len(part.numbers), kind)) for part, each in zip(parts, columns, strict=True)]
        )
        for name, kind in kinds.items()
    }


def _from_objects(cells: Cells, keys: dict[str, str]) -> dict[str, pa.Array]:
    """One column for each name in a column of JSON objects."""
    records = cells.objects()
    found = {}
    for name, kind in keys.items():
        values = [record.get(name) for record in records]
        kept = [value if isinstance(value, str | int | float | bool | None) else str(value) for value in values]
        if kind not in TYPES or TYPES[kind] == pa.string():
            kept = [value if value is None or isinstance(value, str) else str(value) for value in kept]
        found[METADATA + name] = pa.array(kept, type=TYPES.get(kind, pa.string()))
    return found


def _is_object(fields: dict[str, Cells], count: int) -> Any:
    """Rows whose role says so; without a role, those that have a parent."""
    if "role" in fields:
        return np.array([value == "object" for value in fields["role"].words({"context", "object"})], dtype=np.bool_)
    if "parent" in fields:
        return fields["parent"].values.is_valid().to_numpy(zero_copy_only=False)
    return np.zeros(count, dtype=np.bool_)


def _boxes(fields: dict[str, Cells], count: int) -> pa.Array:
    wanted = pa.list_(pa.float64(), 4)
    if "box" in fields:
        found = fields["box"].matrix("float64")
        return found if found.type == wanted else pa.nulls(count, wanted)
    columns = [fields[name].typed("number") for name in BOX]
    matrix = np.stack([column.fill_null(0.0).to_numpy(zero_copy_only=False) for column in columns], axis=1)
    present = np.all([column.is_valid().to_numpy(zero_copy_only=False) for column in columns], axis=0)
    return pa.FixedSizeListArray.from_arrays(pa.array(matrix.reshape(-1)), type=wanted, mask=pa.array(~present))


def _inferences(plan: ImportPlan, fields: dict[str, Cells], count: int) -> dict[ModelName, dict[str, pa.Array]]:
    found = {
        model: {name: _inference(name, fields[f"{name}:{_rest(plan, column)}"]) for name, column in columns.items()}
        for model, columns in plan.models.items()
    }
    plain: dict[str, pa.Array] = {
        name: _inference(name, fields[name]) for name in ("inference", "confidence") if name in fields
    }
    if not plain:
        return found
    if "inference_model" not in fields:
        return {plan.default: plain} | found
    names = fields["inference_model"].texts().to_pylist()
    for name in dict.fromkeys(names):
        model = (model_named(name) if name else None) or plan.default
        is_other = pa.array([each != name for each in names])
        own = {at: pc.if_else(is_other, None, values) for at, values in plain.items()}
        known = found.get(model, {})
        found[model] = {at: pc.coalesce(values, known[at]) if at in known else values for at, values in own.items()}
    return {model: columns for model, columns in found.items() if any(v.null_count < count for v in columns.values())}


def _inference(name: str, cells: Cells) -> pa.Array:
    return cells.texts() if name == "inference" else cells.typed("number").cast(pa.float32(), safe=False)


def _rest(plan: ImportPlan, column: str) -> str:
    """The field's name behind its colon."""
    return next(name.partition(":")[2] for name, at in plan.fields.items() if at == column)
