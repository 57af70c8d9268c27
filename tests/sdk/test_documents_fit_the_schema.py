from __future__ import annotations

from pathlib import Path

import graphql
import pytest
from chroma_sdk import _documents

SCHEMA = Path(__file__).resolve().parents[2] / "schema.graphql"
DOCUMENTS = {name: text for name, text in vars(_documents).items() if name.isupper() and not name.endswith("_FIELDS")}


@pytest.fixture(scope="module")
def schema() -> graphql.GraphQLSchema:
    return graphql.build_schema(SCHEMA.read_text())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_document_fits_the_schema(schema, name):
    assert graphql.validate(schema, graphql.parse(DOCUMENTS[name])) == []
