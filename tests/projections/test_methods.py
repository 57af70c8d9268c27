from __future__ import annotations

import inspect
from importlib import import_module

import pytest

from apps.common.errors import BadUserInput
from apps.projections.methods import METHODS, complete_parameters
from apps.projections.methods.available import INSTALL, needs

QUERY = """{ projectionMethods { name title description advice available unavailableReason hasSeed
  parameters { name kind default minimum maximum choices isAdvanced } presets { name title parameters }
  engines { name available unavailableReason } } }"""


@pytest.fixture
def methods(gql, alice):
    return {method["name"]: method for method in gql(alice, QUERY)["data"]["projectionMethods"]}


def test_the_methods_are_listed_with_their_bounds(methods):
    assert list(methods) == ["umap", "tsne", "pacmap", "localmap", "densmap", "pca"]
    assert all(method["available"] and method["unavailableReason"] is None for method in methods.values())
    assert [parameter["name"] for parameter in methods["pca"]["parameters"]] == ["n_components"]
    assert methods["umap"]["parameters"][0] == {
        "name": "n_neighbors", "kind": "integer", "default": 15, "minimum": 2, "maximum": 200, "choices": None,
        "isAdvanced": False,
    }  # fmt: skip


def test_an_engine_that_is_not_there_says_why(methods):
    engines = {engine["name"]: engine for engine in methods["umap"]["engines"]}
    assert list(engines) == ["chroma", "umap-learn", "cuml"]
    assert not engines["cuml"]["available"]
    assert "cuML is" in engines["cuml"]["unavailableReason"]
    assert engines["chroma"] == {"name": "chroma", "available": True, "unavailableReason": None}


def test_a_library_that_is_not_there_is_told_how_to_get():
    assert needs("a_library_that_nobody_has")() == INSTALL
    assert needs("numpy")() is None


def test_every_listed_parameter_is_one_of_the_function():
    for method in METHODS.values():
        module, _, name = method.function.partition(":")
        accepted = inspect.signature(getattr(import_module(module), name)).parameters
        for parameter in method.parameters:
            if parameter.name != "supervised":
                assert accepted[parameter.name].default == parameter.default, (method.name, parameter.name)
        assert "labels" in accepted or "supervised" not in complete_parameters(method, {})
        assert ("random_state" in accepted) == method.has_seed
        assert ("neighbors_indices" in accepted) == (method.n_neighbors is not None)
        assert ("start" in accepted) == method.takes_start


def test_every_preset_is_allowed():
    for method in METHODS.values():
        for preset in method.presets:
            assert complete_parameters(method, preset.parameters).items() >= preset.parameters.items()


@pytest.mark.parametrize("method", list(METHODS))
def test_a_parameter_beyond_its_bounds_is_refused_by_name(method):
    for parameter in METHODS[method].parameters:
        wrong = [None] if parameter.default is not None else []
        if parameter.kind in ("integer", "number"):
            wrong += [parameter.minimum - 1, parameter.maximum + 1, "many", True]
        else:
            wrong += ["no such choice", 1]
        for value in wrong:
            with pytest.raises(BadUserInput, match=f"^{parameter.name} must be "):
                complete_parameters(METHODS[method], {parameter.name: value})
