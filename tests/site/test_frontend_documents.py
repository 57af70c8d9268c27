"""Every document that the front end sends is within what one query may cost, with the largest pages it asks for."""

from __future__ import annotations

import json
import re

import pytest
from graphql import FragmentDefinitionNode, OperationDefinitionNode, concat_ast, parse, print_ast, validate
from graphql.language.visitor import Visitor, visit

from chroma_site.guards.budget import Estimate
from chroma_site.schema import schema
from tests.live import CHECKOUT

# Pages whose size is a variable: what the screens put there, at most (explorer: 500 briefs at a time).
LARGEST_ASKED = 500
GENERATED = CHECKOUT / "frontend" / "src" / "gql" / "gql.ts"


def documents() -> list[str]:
    typed = GENERATED.read_text().split("type Documents = {")[1].split("\n};")[0]
    return [json.loads(f'"{text}"') for text in re.findall(r'^    "((?:[^"\\]|\\.)*)": typeof', typed, re.MULTILINE)]


PARSED = [parse(text) for text in documents()]
FRAGMENTS = {
    node.name.value: node
    for document in PARSED
    for node in document.definitions
    if isinstance(node, FragmentDefinitionNode)
}
OPERATIONS = {
    node.name.value: node
    for document in PARSED
    for node in document.definitions
    if isinstance(node, OperationDefinitionNode) and node.name
}


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_a_document_of_the_front_end_is_within_the_budget(name):
    operation = OPERATIONS[name]
    used = fragments_of(operation, {})
    document = parse("\n".join(map(print_ast, [operation, *used.values()])))
    graphql_schema = schema._schema
    assert validate(graphql_schema, concat_ast([document])) == []
    sizes = {
        node.variable.name.value: LARGEST_ASKED if "datapoint" in name.lower() else 100
        for node in operation.variable_definitions or ()
        if node.variable.name.value in ("first", "last")
    }
    Estimate(graphql_schema, document, sizes).check()


def fragments_of(node, found):
    class Spreads(Visitor):
        def enter_fragment_spread(self, spread, *_):
            name = spread.name.value
            if name not in found:
                found[name] = FRAGMENTS[name]
                fragments_of(FRAGMENTS[name], found)

    visit(node, Spreads())
    return found
