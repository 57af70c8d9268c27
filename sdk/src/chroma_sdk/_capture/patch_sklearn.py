"""Patches of scikit-learn's classifiers."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import joblib
import numpy as np
import wrapt
from sklearn.base import BaseEstimator
from sklearn.model_selection import GridSearchCV, RandomizedSearchCV
from sklearn.pipeline import Pipeline
from sklearn.utils import all_estimators

from chroma_sdk._capture.outermost import Nesting

WIDEST = 16_384


def patch(take: Callable[..., None]) -> Callable[[], None]:
    """Wrap what classifiers predict. Returns what takes the wrappers off again."""
    watcher = _Watcher(take)
    originals = []
    for owner, name in _methods():
        original = vars(owner)[name]
        originals.append((owner, name, original))
        wrapper = watcher.predicting if name.startswith("predict") else watcher.fitting
        setattr(owner, name, wrapt.FunctionWrapper(original, wrapper))

    def undo() -> None:
        for owner, name, original in originals:
            setattr(owner, name, original)

    return undo


class _Watcher:
    def __init__(self, take: Callable[..., None]) -> None:
        self._take = take
        self._nesting = Nesting()
        # What the last step of a pipeline got, while the pipeline predicts.
        self._inner: Any = None
        self._versions: weakref.WeakKeyDictionary[Any, str] = weakref.WeakKeyDictionary()

    def fitting(self, wrapped: Any, instance: Any, arguments: Any, options: Any) -> Any:
        """Inside `fit`, whatever predicts is part of the training."""
        self._versions.pop(instance, None)
        with self._nesting.entered():
            return wrapped(*arguments, **options)

    def predicting(self, wrapped: Any, instance: Any, arguments: Any, options: Any) -> Any:
        with self._nesting.entered() as is_outermost:
            if is_outermost:
                self._inner = None
            elif self._inner is None and arguments:
                self._inner = arguments[0]
            output = wrapped(*arguments, **options)
        inputs = arguments[0] if arguments else options.get("X")
        if is_outermost and inputs is not None and hasattr(instance, "classes_"):
            self._hand_over(instance, inputs, np.asarray(output))
        return output

    def _hand_over(self, model: Any, inputs: Any, output: np.ndarray[Any, Any]) -> None:
        pipeline = getattr(model, "best_estimator_", model)
        is_pipeline = isinstance(pipeline, Pipeline) and len(pipeline.steps) > 1
        layer = pipeline.steps[-2][0] if is_pipeline else "input"
        self._take(
            _rows(inputs),
            output,
            classes=list(model.classes_) if output.ndim == 2 else None,
            origin={"model": type(model).__name__, "version": self._version(model)},
            layer=layer,
            rows=_numbers(self._inner if is_pipeline and self._inner is not None else inputs),
        )

    def _version(self, model: Any) -> str:
        if model not in self._versions:
            self._versions[model] = f"weights-{joblib.hash(model)[:10]}"
        return self._versions[model]


def _methods() -> Iterator[tuple[type, str]]:
    """Every class that defines how a classifier predicts or fits, once."""
    found: dict[tuple[type, str], None] = {}
    classifiers = [estimator for _, estimator in all_estimators(type_filter="classifier")]
    for estimator in [*classifiers, Pipeline, GridSearchCV, RandomizedSearchCV]:
        for owner in estimator.__mro__:
            if owner not in (object, BaseEstimator):
                found.update(
                    dict.fromkeys((owner, name) for name in ("predict_proba", "predict", "fit") if name in vars(owner))
                )
    yield from found


def _rows(inputs: Any) -> np.ndarray[Any, Any]:
    dense = inputs.toarray() if hasattr(inputs, "toarray") else inputs
    return np.asarray(dense)


def _numbers(inputs: Any) -> np.ndarray[Any, Any] | None:
    """Return inputs as embeddings, where they are a table of numbers."""
    rows = _rows(inputs)
    if rows.ndim != 2 or not 2 <= rows.shape[1] <= WIDEST:
        return None
    if rows.dtype not in (np.float16, np.float32, np.float64):
        with suppress(TypeError, ValueError):
            return rows.astype(np.float32)
        return None
    return rows.copy()
