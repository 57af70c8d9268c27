"""Inference sets: what one trained model said of a dataset."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chroma_sdk._documents.arrays import DELETE_INFERENCE_SET
from chroma_sdk._errors import InvalidArgument
from chroma_sdk._noun import Noun


class InferenceSet(Noun):
    """What one trained model said of a dataset. `Project.inference_sets` lists them.

    Attributes
    ----------
    id : str
    dataset : str
    model, version : str
    inference_count : int
    disagreement_count : int
        How many labelled datapoints have an inference that names another category.
    has_confidence, has_probabilities : bool
    """

    def __repr__(self) -> str:
        return f"<InferenceSet of {self.model!r} {self.version!r} over {self.dataset!r}: {self.inference_count:,}>"

    def delete(self) -> None:
        """Delete these inferences."""
        self._mutate(DELETE_INFERENCE_SET)

    def _read(self, stored: Any) -> None:
        self.dataset: str = stored["dataset"]["name"]
        self.dataset_id: str = stored["dataset"]["id"]
        self.trained_model_id: str = stored["trainedModel"]["id"]
        self.model: str = stored["trainedModel"]["modelArchitecture"]["name"]
        self.version: str = stored["trainedModel"]["version"]
        self.inference_count: int = stored["inferenceCount"]
        self.disagreement_count: int = stored["disagreementCount"]
        self.has_confidence: bool = stored["hasConfidence"]
        self.has_probabilities: bool = stored["hasProbabilities"]


def choose_inference_set(
    dataset: str, sets: Sequence[InferenceSet], *, model: str | None, version: str | None
) -> InferenceSet:
    """Return the one that is meant. Raises InvalidArgument when there is none, or more than one."""
    choices = " · ".join(f"(model={each.model!r}, version={each.version!r})" for each in sets)
    fitting = [each for each in sets if model in (None, each.model) and version in (None, each.version)]
    if len(fitting) == 1:
        return fitting[0]
    if not sets:
        raise InvalidArgument("model", f"{dataset} has no inferences yet.")
    if not fitting:
        given = ", ".join(f"{name}={value!r}" for name, value in (("model", model), ("version", version)) if value)
        raise InvalidArgument("model", f"{dataset} has no inferences with {given}; it has {choices}.")
    argument = "model" if len({each.model for each in fitting}) > 1 else "version"
    raise InvalidArgument(argument, f"{dataset} has inferences of several models; say which: {choices}.")
