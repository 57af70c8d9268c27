"""The methods that make maps, with the bounds of their parameters: read by the API, the worker and the UI."""

from __future__ import annotations

from typing import Any

from apps.common.errors import BadUserInput
from apps.projections.methods.method import Cost, Engine, Method, Preset
from apps.projections.methods.pacmap import LOCALMAP, PACMAP
from apps.projections.methods.parameter import Parameter
from apps.projections.methods.pca import PCA
from apps.projections.methods.tsne import TSNE
from apps.projections.methods.umap import DENSMAP, UMAP

__all__ = [
    "LARGEST_SEED",
    "METHODS",
    "Cost",
    "Engine",
    "Method",
    "Parameter",
    "Preset",
    "check_seed",
    "complete_parameters",
    "get_method",
]

# What a GraphQL Int holds.
LARGEST_SEED = 2**31 - 1

METHODS = {method.name: method for method in (UMAP, TSNE, PACMAP, LOCALMAP, DENSMAP, PCA)}


def get_method(name: str) -> Method:
    if name not in METHODS:
        raise BadUserInput(f"There is no method {name[:80]!r}; choose one of {', '.join(METHODS)}.", field="method")
    return METHODS[name]


def complete_parameters(method: Method, given: dict[str, Any] | None) -> dict[str, Any]:
    """All parameters of the method: the given ones, checked, and the defaults of the others."""
    given = given or {}
    known = [parameter.name for parameter in method.parameters]
    unknown = sorted(set(given) - set(known))
    if unknown:
        allowed = f"it has {', '.join(known)}" if known else "it has none"
        raise BadUserInput(
            f"{method.title} has no parameter {unknown[0][:80]!r}; {allowed}.", field=f"parameters.{unknown[0][:80]}"
        )
    complete = {
        parameter.name: parameter.checked(given.get(parameter.name, parameter.default))
        for parameter in method.parameters
    }
    method.check(complete)
    return complete


def check_seed(method: Method, seed: int | None) -> int | None:
    """The seed, within bounds; None for methods that leave nothing to chance."""
    if seed is not None and not 0 <= seed <= LARGEST_SEED:
        raise BadUserInput(f"seed must be a whole number from 0 to {LARGEST_SEED}, not {seed}.", field="seed")
    return seed if method.has_seed else None
