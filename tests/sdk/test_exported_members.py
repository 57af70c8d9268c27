from __future__ import annotations

import importlib.metadata
import inspect
import subprocess
import sys

import chroma_sdk


def test_everything_visible_is_exported_and_nothing_else():
    visible = {
        name
        for name, member in vars(chroma_sdk).items()
        if not name.startswith("_") and not inspect.ismodule(member) and name != "annotations"
    }
    assert set(chroma_sdk.__all__) == visible | {"__version__"}


def test_every_exported_class_and_its_public_methods_have_a_docstring():
    for name in chroma_sdk.__all__:
        member = getattr(chroma_sdk, name)
        if inspect.isclass(member):
            public = [method for key, method in vars(member).items() if callable(method) and not key.startswith("_")]
            assert all(inspect.getdoc(thing) for thing in [member, *public]), name


def test_every_error_is_a_chroma_error():
    errors = [getattr(chroma_sdk, name) for name in chroma_sdk.__all__]
    errors = [error for error in errors if inspect.isclass(error) and issubclass(error, Exception)]
    assert len(errors) == 15
    assert all(issubclass(error, chroma_sdk.ChromaError) for error in errors)


def test_the_tree_of_errors_in_the_module_names_every_error():
    tree = inspect.getdoc(inspect.getmodule(chroma_sdk.ChromaError))
    for name in chroma_sdk.__all__:
        member = getattr(chroma_sdk, name)
        if inspect.isclass(member) and issubclass(member, Exception):
            assert f"{name} " in tree.replace("\n", " "), name


def test_the_version_is_the_distribution_s():
    assert importlib.metadata.version("chroma-sdk") == chroma_sdk.__version__


def test_importing_it_brings_in_nothing_heavy():
    heavy = {"django", "torch", "pandas", "PIL", "sklearn", "typer"}
    code = "import sys, chroma_sdk; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert heavy & set(loaded) == set()
