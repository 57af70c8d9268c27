"""Where in the API an id can stand: found in the schema, so that no new place is forgotten."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
)

from chroma_site.schema import schema

# What must stand beside an id in a query for the answer to be about it: ids, and what else the query needs.
BESIDE = {
    "tagId": {"datasetId": "dataset"},
    "findSimilar.datapointId": {"embeddingSetId": "embeddingSet"},
    "findSimilar.selectionId": {"embeddingSetId": "embeddingSet"},
    "findSimilar.amongDatasetIds": {"embeddingSetId": "embeddingSet"},
}
VALUES_BESIDE = {
    "findSimilar.embeddingSetId": ", vector: [1, 0, 0, 0, 0]",
    "findSimilar.amongDatasetIds": ", vector: [1, 0, 0, 0, 0]",
    "projectionEstimate.embeddingSetIds": ', method: "pca"',
}


@dataclass(frozen=True)
class Place:
    """An argument or a field of an input, however deep, that takes an id or a list of them."""

    field: str  # the mutation or query
    path: tuple[str, ...]
    is_list: bool

    def __str__(self) -> str:
        return ".".join((self.field, *self.path))

    def holding(self, id: str, base: dict[str, Any]) -> dict[str, Any]:
        """The input with this id at this place."""
        given = copy.deepcopy(base)
        inside = given
        for step in self.path[:-1]:
            inside = inside.setdefault(step, {})
        inside[self.path[-1]] = [id] if self.is_list else id
        return given

    def beside(self, ids: dict[str, str]) -> str:
        """The other arguments of a query, written: those that it needs, and those without which the id says nothing."""
        rest = BESIDE.get(str(self)) or BESIDE.get(self.path[-1], {})
        written = "".join(f", {argument}: {json.dumps(ids[noun])}" for argument, noun in rest.items())
        return written + VALUES_BESIDE.get(str(self), "")

    def noun(self, nouns: set[str]) -> str:
        """What kind of thing the id names, by the name of its field; `id` alone is of what the mutation is about."""
        last = self.path[-1].lower()
        about = self.field.lower().replace("stopprojection", "growingmap").replace("refitprojection", "projectionset")
        text = about if last in {"id", "ids"} else last
        found = [noun for noun in nouns if noun.lower() in text.replace("parent", "datapoint")]
        assert found, f"Teach tests/borders what kind of thing {self} names."
        return max(found, key=len)


def mutation_places() -> list[Place]:
    """Every place of every mutation's input."""
    fields = schema._schema.get_type("Mutation").fields
    return [
        Place(name, path, is_list)
        for name, field in fields.items()
        for path, is_list in _ids_in(get_named_type(field.args["input"].type))
    ]


def query_places() -> list[Place]:
    """Every id-typed argument of every query."""
    return [
        Place(name, (argument,), _is_list(given.type))
        for name, field in schema._schema.get_type("Query").fields.items()
        for argument, given in field.args.items()
        if get_named_type(given.type).name == "ID"
    ]


def required_fields(mutation: str) -> set[str]:
    return {name for name, field in input_type(mutation).fields.items() if isinstance(field.type, GraphQLNonNull)}


def input_type(mutation: str) -> GraphQLInputObjectType:
    return get_named_type(schema._schema.get_type("Mutation").fields[mutation].args["input"].type)


def _ids_in(kind: GraphQLInputObjectType, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], bool]]:
    for name, field in kind.fields.items():
        named = get_named_type(field.type)
        if isinstance(named, GraphQLInputObjectType):
            yield from _ids_in(named, (*above, name))
        elif named.name == "ID":
            yield (*above, name), _is_list(field.type)


def _is_list(kind: GraphQLInputType) -> bool:
    return isinstance(kind.of_type if isinstance(kind, GraphQLNonNull) else kind, GraphQLList)
