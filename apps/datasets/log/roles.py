"""What is logged of contexts alone, of ground truth alone, of what a model found alone."""

from __future__ import annotations

from apps.datasets.models import DatapointRole, ObjectSource, Upload

OF_CONTEXTS = dict.fromkeys(
    ("text", "uri", "file", "resource"),
    "belongs to contexts; an object stands for a part of what its parent stands for.",
)
OF_MODELS = dict.fromkeys(
    ("inference", "confidence", "probabilities"),
    "belongs to the objects that a model found; ground truth has labels.",
)
OF_GROUND_TRUTH = {"label": "belongs to ground truth; what a model says of its objects is an inference."}
NOT_OF = {
    ObjectSource.GROUND_TRUTH: OF_CONTEXTS | OF_MODELS,
    ObjectSource.MODEL: OF_CONTEXTS | OF_GROUND_TRUTH,
}


def why_not_logged(name: str, upload: Upload) -> str | None:
    """Why a session does not log a field, as the end of a sentence; None where it does."""
    if upload.role != DatapointRole.OBJECT:
        return None
    return NOT_OF[ObjectSource(upload.source)].get(name)
