"""GraphQL in the documentation fits the schema, and JSON is JSON."""

from __future__ import annotations

import json

from graphql import build_schema, parse, validate

from tests.docs.blocks import CHECKOUT, blocks_of, pages_with


def test_graphql_fits_the_schema():
    schema = build_schema((CHECKOUT / "schema.graphql").read_text())
    blocks = [block for page in pages_with("graphql") for block in blocks_of(page, "graphql")]
    problems = {f"{block.page}, line {block.line}": validate(schema, parse(block.code)) for block in blocks}
    assert {place: found for place, found in problems.items() if found} == {}


def test_json_is_json():
    for page in pages_with("json"):
        for block in blocks_of(page, "json"):
            json.loads(block.code)
