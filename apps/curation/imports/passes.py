"""Sessions that together log a batch of rows: a session knows one trained model and one of its layers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from apps.curation.column_names import ModelName
from apps.curation.imports.rows import Rows
from apps.datasets.models import Dataset, Upload

DEFAULT = ModelName("default", "1", "default")
BOX_FORMAT = "xywhn"


@dataclass(frozen=True)
class Pass:
    """The columns of one session."""

    model: ModelName
    columns: dict[str, pa.Array] = field(default_factory=dict)
    # Of objects: "ground_truth" or "model".
    source: str = ""
    # Which of the rows these are; None for all.
    places: NDArray[np.intp] | None = None

    def upload(self, dataset: Dataset, **more: Any) -> Upload:
        vectors = self.columns.get("embedding")
        return Upload(
            dataset=dataset,
            model=self.model.model,
            version=self.model.version,
            layer=self.model.layer or DEFAULT.layer,
            dimension=vectors.type.list_size if vectors is not None else None,
            **more,
        )


def passes_of(rows: Rows) -> list[Pass]:
    """As few sessions as the models allow. The first has all rows, and says what belongs to no model.

    A session with vectors needs one for every row: where some rows have none, the others get a session of their own.
    """
    whole = {layer: vectors for layer, vectors in rows.embeddings.items() if not vectors.null_count}
    passes = [Pass(layer, {"embedding": vectors}) for layer, vectors in whole.items()]
    for model, columns in rows.inferences.items():
        at = next((place for place, each in enumerate(passes) if _is_of(each, model)), None)
        if at is None:
            passes.append(Pass(model, dict(columns)))
        else:
            passes[at] = replace(passes[at], columns=passes[at].columns | columns)
    first, *others = passes or [Pass(DEFAULT)]
    facts = {name: values for name, values in rows.facts.items() if name != "source"}
    key = {"key": rows.facts["key"]}
    return [
        replace(first, columns=facts | first.columns),
        *(replace(each, columns=key | each.columns) for each in others),
        *(_of_some(layer, rows, vectors) for layer, vectors in rows.embeddings.items() if layer not in whole),
    ]


def _of_some(layer: ModelName, rows: Rows, vectors: pa.Array) -> Pass:
    present = vectors.is_valid()
    columns = {"key": rows.facts["key"].filter(present), "embedding": vectors.filter(present)}
    return Pass(layer, columns, places=np.flatnonzero(present.to_numpy(zero_copy_only=False)))


def _is_of(each: Pass, model: ModelName) -> bool:
    is_same = (each.model.model, each.model.version) == (model.model, model.version)
    return is_same and "inference" not in each.columns and "confidence" not in each.columns
