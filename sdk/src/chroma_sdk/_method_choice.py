"""How a map shall be made: the named arguments of `run_projection` as parameters of a method."""

from __future__ import annotations

from typing import Any

from chroma_sdk._errors import InvalidArgument

COMPONENTS = (2, 3)
ENGINES = ("chroma", "umap-learn", "cuml")
MODES = ("standard", "fast")


def method_parameters(
    given: dict[str, Any],
    *,
    n_components: int | None,
    engine: str | None,
    mode: str | None,
    supervised: bool | None,
) -> dict[str, Any]:
    """Return the parameters with those that have a name of their own; the server knows which method has which."""
    named = {"n_components": n_components, "engine": engine, "mode": mode, "supervised": supervised}
    for name, allowed in (("n_components", COMPONENTS), ("engine", ENGINES), ("mode", MODES)):
        value = named[name]
        if value is not None and value not in allowed:
            raise InvalidArgument(name, f"got {value!r}, wanted one of {', '.join(map(str, allowed))}.")
    if supervised is not None and not isinstance(supervised, bool):
        raise InvalidArgument("supervised", f"got {supervised!r}, wanted True or False.")
    return given | {name: value for name, value in named.items() if value is not None}
