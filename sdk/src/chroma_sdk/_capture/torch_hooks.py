"""Forward hooks on PyTorch modules. PyTorch itself is never imported: whoever has a module has it already."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from chroma_sdk._capture.reduce import Pool, as_rows, check_pool
from chroma_sdk._capture.sender import Receive
from chroma_sdk._errors import InvalidArgument
from chroma_sdk._strings import from_tensor

# What DataParallel, DistributedDataParallel and torch.compile put before the names of a model's own modules.
WRAPPERS = ("module.", "_orig_mod.")


def is_torch_module(model: Any) -> bool:
    """Tell a PyTorch module without importing PyTorch."""
    return hasattr(model, "named_modules") and hasattr(model, "register_forward_hook")


def hook_layers(
    model: Any, layers: Sequence[Any] | Mapping[Any, Pool], pool: Pool, receive: Receive
) -> Callable[[], None]:
    """Let `receive(name, place, rows)` get the outputs of the layers; return what ends that."""
    wanted = layers if isinstance(layers, Mapping) else dict.fromkeys(layers, pool)
    modules = _modules(model)
    handles = []
    for layer, its_pool in wanted.items():
        name = _name_of(layer, modules)
        handles.append(modules[name].register_forward_hook(_hook(name, check_pool(its_pool), receive)))

    def remove() -> None:
        for handle in handles:
            handle.remove()

    return remove


def layer_names(model: Any, layers: Sequence[Any] | Mapping[Any, Pool]) -> list[str]:
    """Return the names of the layers, which may be given as names or as the modules themselves."""
    modules = _modules(model)
    return [_name_of(layer, modules) for layer in layers]


def model_name(model: Any) -> str:
    """Return the class of the model itself, inside whatever wraps it."""
    inner = model
    while (wrapped := getattr(inner, "_orig_mod", None) or _data_parallel(inner)) is not None:
        inner = wrapped
    return type(inner).__name__


def weights_version(model: Any) -> str:
    """Return a name made from the weights: the same weights give the same version, training on gives another."""
    digest = hashlib.sha256()
    for name, tensor in sorted((_own_name(name), tensor) for name, tensor in model.state_dict().items()):
        values = np.ascontiguousarray(from_tensor(tensor))
        digest.update(f"{name} {values.dtype} {values.shape}".encode())
        digest.update(values.tobytes())
    return f"weights-{digest.hexdigest()[:10]}"


def _hook(name: str, pool: Pool, receive: Receive) -> Callable[[Any, Any, Any], None]:
    def hook(module: Any, inputs: Any, output: Any) -> None:
        # Copied at once: the next module may work in place.
        rows = as_rows(output, pool).detach().clone()
        receive(name, rows.device.index or 0, rows)

    return hook


def _modules(model: Any) -> dict[str, Any]:
    return {_own_name(name): module for name, module in model.named_modules() if _own_name(name)}


def _name_of(layer: Any, modules: Mapping[str, Any]) -> str:
    if isinstance(layer, str):
        if _own_name(layer) in modules:
            return _own_name(layer)
        shown = ", ".join(list(modules)[:30]) or "none"
        raise InvalidArgument("layers", f"the model has no layer {layer!r}; it has {shown}.")
    found = next((name for name, module in modules.items() if module is layer), None)
    if found is None:
        raise InvalidArgument("layers", f"{type(layer).__name__} is no layer of the model; give its name.")
    return found


def _own_name(name: str) -> str:
    while name.startswith(WRAPPERS) or name in ("module", "_orig_mod"):
        name = name.partition(".")[2]
    return name


def _data_parallel(model: Any) -> Any:
    return getattr(model, "module", None) if type(model).__name__.endswith("DataParallel") else None
