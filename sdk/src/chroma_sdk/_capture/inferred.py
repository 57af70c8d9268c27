"""What a model says of a batch, as arguments of `Dataset.log`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from chroma_sdk._errors import InvalidArgument
from chroma_sdk._strings import from_tensor

Facts = dict[str, Any]


def inference_facts(
    values: Any, n: int, *, classes: Sequence[Any] | None = None, confidences: Any = None
) -> tuple[Facts, tuple[str, ...] | None]:
    """Return facts of n datapoints, and the classes where the facts are probabilities.

    Values of shape (n, n_classes) are probabilities; of shape (n,) names or, given classes, integers that count them.
    """
    found = np.asarray(from_tensor(values))
    if found.ndim not in (1, 2) or len(found) != n:
        raise InvalidArgument("values", f"got shape {found.shape}, wanted ({n},) or ({n}, n_classes).")
    if found.ndim == 2:
        return _probabilities(found, classes), tuple(map(str, classes or ()))
    names = found.tolist()
    if classes is not None and found.dtype.kind in "iu":
        if n and not 0 <= found.min() <= found.max() < len(classes):
            raise InvalidArgument("values", f"they count the classes, so 0 to {len(classes) - 1} are allowed.")
        names = [str(classes[place]) for place in names]
    facts: Facts = {"inferences": names}
    if confidences is not None:
        facts["confidences"] = np.array(from_tensor(confidences), dtype=np.float32)
    return facts, None


def _probabilities(values: np.ndarray[Any, Any], classes: Sequence[Any] | None) -> Facts:
    n_classes = values.shape[1]
    if classes is None or len(classes) != n_classes:
        got = "no names" if classes is None else f"{len(classes)} names"
        raise InvalidArgument("classes", f"got {got} for probabilities of {n_classes} classes.")
    if values.size and not (values.min() >= 0 and values.max() <= 1 + 1e-5):
        low, high = values.min(), values.max()
        raise InvalidArgument(
            "values", f"they lie between {low:g} and {high:g}, so they are no probabilities: apply softmax first."
        )
    return {"probabilities": values.astype(np.float32)}
