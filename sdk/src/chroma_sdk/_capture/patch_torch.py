"""Patches of PyTorch's modules."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
import wrapt

from chroma_sdk._capture.outermost import Nesting
from chroma_sdk._capture.reduce import as_rows
from chroma_sdk._capture.torch_hooks import model_name, weights_version
from chroma_sdk._strings import from_tensor


def patch(take: Callable[..., None]) -> Callable[[], None]:
    """Wrap the call of modules. Returns what takes the wrapper off again."""
    watcher = _Watcher(take)
    original = vars(torch.nn.Module)["__call__"]
    torch.nn.Module.__call__ = wrapt.FunctionWrapper(original, watcher.calling)

    def undo() -> None:
        torch.nn.Module.__call__ = original
        watcher.remove_hooks()

    return undo


class _Watcher:
    def __init__(self, take: Callable[..., None]) -> None:
        self._take = take
        self._nesting = Nesting()
        # The last linear layer of each model that was seen, with its name and the handle of its hook.
        self._last_layers: weakref.WeakKeyDictionary[Any, tuple[str, Any]] = weakref.WeakKeyDictionary()
        self._versions: weakref.WeakKeyDictionary[Any, tuple[int, str]] = weakref.WeakKeyDictionary()
        # Modules inside a model that was seen: called on their own they are no models.
        self._inside: weakref.WeakSet[Any] = weakref.WeakSet()
        self._rows: Any = None

    def calling(self, wrapped: Any, module: Any, arguments: Any, options: Any) -> Any:
        with self._nesting.entered() as is_outermost:
            if not is_outermost or not self._is_inferring(module):
                return wrapped(*arguments, **options)
            self._rows = None
            layer = self._hooked_layer(module)
            output = wrapped(*arguments, **options)
        inputs = next((each for each in arguments if isinstance(each, torch.Tensor)), None)
        if inputs is not None and isinstance(output, torch.Tensor) and output.ndim == 2 and output.is_floating_point():
            self._hand_over(module, inputs, output, layer)
        return output

    def remove_hooks(self) -> None:
        for _, handle in self._last_layers.values():
            if handle is not None:
                handle.remove()

    def _is_inferring(self, module: Any) -> bool:
        """Whether this is a model at work: not in training, no part of another model, no softmax or loss."""
        if module.training or module in self._inside:
            return False
        return next(module.parameters(), None) is not None

    def _hand_over(self, module: Any, inputs: Any, output: Any, layer: str) -> None:
        rows = None if self._rows is None or len(self._rows) != len(output) else from_tensor(self._rows)
        self._take(
            from_tensor(inputs),
            _probabilities(output),
            classes=[str(place) for place in range(output.shape[1])],
            origin={"model": model_name(module), "version": self._version(module)},
            layer=layer,
            rows=rows,
        )

    def _hooked_layer(self, model: Any) -> str:
        """Name of the model's last linear layer, whose input is kept while the model runs."""
        if model not in self._last_layers:
            linear = [(name, each) for name, each in model.named_modules() if isinstance(each, torch.nn.Linear)]
            name, last = linear[-1] if linear else ("", None)
            handle = None if last is None else last.register_forward_pre_hook(self._keep_input)
            self._inside.update(each for each in model.modules() if each is not model)
            self._last_layers[model] = (f"{name}.input" if name else "input", handle)
        return self._last_layers[model][0]

    def _keep_input(self, module: Any, inputs: Any) -> None:
        self._rows = as_rows(inputs[0], "mean").detach().clone()

    def _version(self, model: Any) -> str:
        """Return the version of the weights, made anew only when an optimiser has touched them since."""
        touched = sum(tensor._version for tensor in model.state_dict().values())  # noqa: SLF001
        if model not in self._versions or self._versions[model][0] != touched:
            self._versions[model] = touched, weights_version(model)
        return self._versions[model][1]


def _probabilities(output: Any) -> np.ndarray[Any, Any]:
    values = output.detach().float()
    is_normalised = bool((values >= 0).all()) and bool(torch.allclose(values.sum(1), values.new_ones(()), atol=1e-3))
    found: np.ndarray[Any, Any] = from_tensor(values if is_normalised else values.softmax(1))
    return found
