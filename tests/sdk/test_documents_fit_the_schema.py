from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import graphql
import pytest
from chroma_sdk import _documents

SCHEMA = Path(__file__).resolve().parents[2] / "schema.graphql"
MODULES = [
    importlib.import_module(f"{_documents.__name__}.{found.name}")
    for found in pkgutil.iter_modules(_documents.__path__)
]
DOCUMENTS = {
    name: text
    for module in MODULES
    for name, text in vars(module).items()
    if name.isupper() and not name.endswith("_FIELDS")
}


@pytest.fixture(scope="module")
def schema() -> graphql.GraphQLSchema:
    return graphql.build_schema(SCHEMA.read_text())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_document_fits_the_schema(schema, name):
    assert graphql.validate(schema, graphql.parse(DOCUMENTS[name])) == []


def test_the_documents_are_found():
    assert len(DOCUMENTS) > 50
