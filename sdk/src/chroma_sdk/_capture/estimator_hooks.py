"""Hooks on scikit-learn estimators: the steps of a pipeline are its layers. Scikit-learn is never imported."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import wrapt

from chroma_sdk._capture.reduce import Pool, as_rows, check_pool
from chroma_sdk._capture.sender import Receive
from chroma_sdk._errors import InvalidArgument

Infer = Callable[..., None]
Unhook = Callable[[], None]


def is_estimator(model: Any) -> bool:
    """Tell a scikit-learn estimator, or something that behaves like one."""
    return hasattr(model, "get_params") and (hasattr(model, "predict") or hasattr(model, "transform"))


def hook_estimator(
    model: Any, layers: Sequence[Any] | Mapping[Any, Pool], pool: Pool, receive: Receive, infer: Infer
) -> tuple[list[str], Unhook]:
    """Watch `transform` of the named steps and what the estimator predicts; return the names, and what ends it."""
    wanted = layers if isinstance(layers, Mapping) else dict.fromkeys(layers, pool)
    steps: dict[str, Any] = dict(getattr(model, "steps", []))
    for layer in wanted:
        if layer not in steps or not hasattr(steps[layer], "transform"):
            known = ", ".join(name for name, step in steps.items() if hasattr(step, "transform")) or "none"
            raise InvalidArgument("layers", f"the estimator has no step {layer!r} that transforms; it has {known}.")
    undo = [_hook_step(steps[layer], layer, check_pool(its_pool), receive) for layer, its_pool in wanted.items()]
    undo.append(_hook_predictions(model, infer))

    def remove() -> None:
        for unhook in undo:
            unhook()

    return list(wanted), remove


def wrap_method(owner: Any, name: str, wrapper: Callable[..., Any]) -> Unhook:
    """Wrap a method of one object. Returns what takes the wrapper off again."""
    had_own = name in vars(owner)
    before = vars(owner).get(name)
    wrapt.wrap_function_wrapper(owner, name, wrapper)

    def unwrap() -> None:
        if had_own:
            setattr(owner, name, before)
        else:
            vars(owner).pop(name, None)

    return unwrap


def _hook_step(step: Any, layer: str, pool: Pool, receive: Receive) -> Unhook:
    def wrapper(wrapped: Any, instance: Any, arguments: Any, options: Any) -> Any:
        output = wrapped(*arguments, **options)
        receive(layer, 0, as_rows(_dense(output), pool).copy())
        return output

    return wrap_method(step, "transform", wrapper)


def _hook_predictions(model: Any, infer: Infer) -> Unhook:
    """Watch both ways to predict. One may call the other: the outer counts."""
    depth = [0]

    def wrapper(wrapped: Any, instance: Any, arguments: Any, options: Any) -> Any:
        depth[0] += 1
        try:
            output = wrapped(*arguments, **options)
        finally:
            depth[0] -= 1
        if depth[0] == 0 and hasattr(model, "classes_"):
            infer(output, classes=list(model.classes_) if output.ndim == 2 else None)
        return output

    undo = [wrap_method(model, name, wrapper) for name in ("predict_proba", "predict") if hasattr(model, name)]

    def remove() -> None:
        for unhook in undo:
            unhook()

    return remove


def _dense(values: Any) -> Any:
    values = values.toarray() if hasattr(values, "toarray") else values
    return values.to_numpy() if hasattr(values, "to_numpy") else values
