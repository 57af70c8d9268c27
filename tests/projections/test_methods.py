from __future__ import annotations

import inspect
from importlib import import_module

from apps.projections.methods import METHODS

QUERY = "{ projectionMethods { name title parameters { name kind default minimum maximum choices } } }"


def test_the_methods_are_listed_with_their_bounds(gql, alice):
    methods = {method["name"]: method for method in gql(alice, QUERY)["data"]["projectionMethods"]}
    assert list(methods) == ["umap", "pca"]
    assert methods["pca"]["parameters"] == []
    neighbours = methods["umap"]["parameters"][0]
    assert neighbours == {
        "name": "n_neighbors", "kind": "integer", "default": 15, "minimum": 2, "maximum": 200, "choices": None
    }  # fmt: skip


def test_every_listed_parameter_is_one_of_the_function(alice):
    for method in METHODS.values():
        module, _, name = method.function.partition(":")
        accepted = inspect.signature(getattr(import_module(module), name)).parameters
        for parameter in method.parameters:
            assert accepted[parameter.name].default == parameter.default
        assert ("random_state" in accepted) == method.has_seed
