"""Walks the schema: queries that together follow every path of fields from Query, so many nouns deep."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphql import GraphQLNonNull, GraphQLObjectType, get_named_type, is_leaf_type

from chroma_site.guards.budget import DEEPEST
from chroma_site.schema import schema

# Below the limits of one query (chroma_site/guards/budget.py).
MOST_WORDS = 1_200
MOST_ROWS = 20_000
PAGE = 2
Tree = dict[str, Any]


def walk(root: str, depth: int) -> Iterator[str]:
    """Queries that follow every path from this field of Query through at most so many nouns."""
    query = schema._schema.get_type("Query")
    tree: Tree = {}
    for path in _paths(query, (root,), depth):
        wider = _added(tree, path)
        if tree and (_words(query, wider) > MOST_WORDS or _rows(query, wider) > MOST_ROWS):
            yield f"{{ {_written(query, tree)} }}"
            wider = _added({}, path)
        tree = wider
    yield f"{{ {_written(query, tree)} }}"


def root_lists() -> list[str]:
    """The lists of Query, and what else needs no argument."""
    fields = schema._schema.get_type("Query").fields
    return [name for name, field in fields.items() if not _is_leaf(field) and not _needs_arguments(field)]


def scalars_of(root: str) -> str:
    """What a field of Query shows of itself, without looking further."""
    query = schema._schema.get_type("Query")
    kind = get_named_type(query.fields[root].type)
    if "edges" not in kind.fields:
        return f"{{ {_leaves(kind)} }}"
    beside, cursor = ("totalCount", "cursor") if _is_connection(kind) else (_leaves(kind), "")
    return f"{{ {beside} edges {{ {cursor} node {{ {_leaves(_node(kind))} }} }} }}"


def _paths(parent: GraphQLObjectType, path: tuple[str, ...], depth: int) -> Iterator[tuple[str, ...]]:
    yield path
    if len(path) == depth:
        return
    noun = _noun(get_named_type(parent.fields[path[-1]].type))
    for name, field in noun.fields.items():
        if not _is_leaf(field) and not _needs_arguments(field):
            yield from _paths(noun, (*path, name), depth)


def _added(tree: Tree, path: tuple[str, ...]) -> Tree:
    """The tree with one more path; what is shared is not copied."""
    if not path:
        return tree
    return {**tree, path[0]: _added(tree.get(path[0], {}), path[1:])}


def _written(parent: GraphQLObjectType, tree: Tree, level: int = 1) -> str:
    parts = []
    for name, below in tree.items():
        kind = get_named_type(parent.fields[name].type)
        noun = _noun(kind)
        inner = f"{_leaves(noun) or '__typename'} {_written(noun, below, level + (3 if _is_connection(kind) else 1))}"
        if level + 3 > DEEPEST:
            # A fourth list within lists is too deep for its rows: how many there are can still be asked.
            parts.append(f"{name} {{ {'totalCount edges { cursor }' if _is_connection(kind) else '__typename'} }}")
        elif _is_connection(kind):
            parts.append(f"{name}(first: {PAGE}) {{ totalCount edges {{ cursor node {{ {inner} }} }} }}")
        else:
            parts.append(f"{name} {{ {inner} }}")
    return " ".join(parts)


def _words(parent: GraphQLObjectType, tree: Tree) -> int:
    return len(_written(parent, tree).split()) if tree else 0


def _rows(parent: GraphQLObjectType, tree: Tree, times: int = 1) -> int:
    """As the server estimates them: a page of a connection, ten of a plain list."""
    total = 0
    for name, below in tree.items():
        kind = get_named_type(parent.fields[name].type)
        fetched = times * (PAGE if _is_connection(kind) else 10 if "[" in str(parent.fields[name].type) else 1)
        total += fetched + _rows(_noun(kind), below, fetched)
    return total


def _noun(kind: GraphQLObjectType) -> GraphQLObjectType:
    """The type itself, or what a connection holds."""
    return _node(kind) if _is_connection(kind) else kind


def _node(kind: GraphQLObjectType) -> GraphQLObjectType:
    """What a list holds, with or without pages."""
    edge = get_named_type(kind.fields["edges"].type)
    return get_named_type(edge.fields["node"].type)


def _leaves(kind: GraphQLObjectType) -> str:
    """The fields of a type that can be shown without looking further."""
    return " ".join(name for name, field in kind.fields.items() if _is_leaf(field) and not field.args)


def _is_connection(kind: Any) -> bool:
    return kind.name.endswith("Connection")


def _is_leaf(field: Any) -> bool:
    return is_leaf_type(get_named_type(field.type))


def _needs_arguments(field: Any) -> bool:
    return any(isinstance(argument.type, GraphQLNonNull) for argument in field.args.values())
