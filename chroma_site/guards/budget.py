"""What one query may cost: bounded depth, aliases, and rows (page sizes multiplied down the tree)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    IntValueNode,
    OperationDefinitionNode,
    ValueNode,
    VariableNode,
    get_named_type,
)
from graphql.language import FragmentSpreadNode, InlineFragmentNode, SelectionSetNode
from strawberry.extensions import SchemaExtension

from apps.common.graphql.connections import DEFAULT_PAGE, LARGEST_PAGE

DEEPEST = 12
MOST_ALIASES = 30
MOST_TOKENS = 2000
MOST_ROWS = 50_000
# Each fragment counts wherever it is used: fragments within fragments multiply.
MOST_SELECTIONS = 5_000
# A plain list has no page size; it is bounded by the number of an item's tags, inferences or metadata fields.
LIST_ROWS = 10
# What reads more than it answers counts as so many rows: `findSimilar` compares all vectors of embedding sets.
DEAR_FIELDS = {"findSimilar": 20_000}


class QueryBudget(SchemaExtension):
    """Refuses a query that would be too deep or fetch too much, before it runs."""

    def on_operation(self) -> Iterator[None]:
        self.execution_context.parse_options["max_tokens"] = MOST_TOKENS
        yield

    def on_execute(self) -> Iterator[None]:
        context = self.execution_context
        document = context.graphql_document
        assert document is not None
        schema: GraphQLSchema = context.schema._schema  # noqa: SLF001 - strawberry's own extensions reach for it too
        Estimate(schema, document, context.variables or {}).check()
        yield


@dataclass
class Estimate:
    """One walk through a valid document, as the executor would walk it, that stops at the first limit."""

    schema: GraphQLSchema
    document: DocumentNode
    variables: Mapping[str, Any]
    rows: int = 0
    aliases: int = 0
    selections: int = 0
    fragments: dict[str, FragmentDefinitionNode] = field(default_factory=dict)
    # The default values of the operation's variables.
    defaults: dict[str, int] = field(default_factory=dict)

    def check(self) -> None:
        """Raise GraphQLError with code QUERY_TOO_COMPLEX where the document is over a limit."""
        self.fragments = {
            node.name.value: node for node in self.document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        for node in self.document.definitions:
            if isinstance(node, OperationDefinitionNode):
                self.defaults = _integer_defaults(node)
                root = self.schema.get_root_type(node.operation)
                assert root is not None
                self._walk(node.selection_set, root, depth=1, times=1, page=1)

    def _walk(
        self, selections: SelectionSetNode, parent: GraphQLObjectType, *, depth: int, times: int, page: int
    ) -> None:
        """Walk a selection that runs so many times. `page` is the page size, where the parent is a connection."""
        for node in selections.selections:
            self.selections += 1
            if self.selections > MOST_SELECTIONS:
                raise _too_complex(f"The query selects more than {MOST_SELECTIONS:,} fields, fragments spelt out.")
            if isinstance(node, FieldNode):
                self._field(node, parent, depth, times, page)
            elif isinstance(node, InlineFragmentNode):
                self._walk(node.selection_set, parent, depth=depth, times=times, page=page)
            elif isinstance(node, FragmentSpreadNode):
                self._walk(self.fragments[node.name.value].selection_set, parent, depth=depth, times=times, page=page)

    def _field(self, node: FieldNode, parent: GraphQLObjectType, depth: int, times: int, page: int) -> None:
        name = node.name.value
        if name.startswith("__"):
            return
        if depth > DEEPEST:
            raise _too_complex(f"The query is nested deeper than {DEEPEST} levels.")
        self.aliases += node.alias is not None
        if self.aliases > MOST_ALIASES:
            raise _too_complex(f"The query has more than {MOST_ALIASES} aliases.")
        kind = get_named_type(parent.fields[name].type)
        if node.selection_set is None or not isinstance(kind, GraphQLObjectType):
            return
        fetched = times * (page if name == "edges" else LIST_ROWS if _is_list(parent.fields[name].type) else 1)
        self.rows += fetched + times * DEAR_FIELDS.get(name, 0)
        if self.rows > MOST_ROWS:
            raise _too_complex(
                f"The query may fetch more than {MOST_ROWS:,} rows; ask for smaller pages (first) or fewer levels."
            )
        self._walk(node.selection_set, kind, depth=depth + 1, times=fetched, page=self._page_size(node))

    def _page_size(self, node: FieldNode) -> int:
        """The page that the field asks for. A page over the limit is refused by the field itself, in better words."""
        for argument in node.arguments or ():
            if argument.name.value in {"first", "last"}:
                size = self._integer(argument.value)
                if size is not None:
                    return min(max(size, 1), LARGEST_PAGE)
        return DEFAULT_PAGE

    def _integer(self, value: ValueNode) -> int | None:
        if isinstance(value, IntValueNode):
            return int(value.value)
        if isinstance(value, VariableNode):
            given = self.variables.get(value.name.value, self.defaults.get(value.name.value))
            return given if isinstance(given, int) else None
        return None


def _integer_defaults(operation: OperationDefinitionNode) -> dict[str, int]:
    return {
        definition.variable.name.value: int(definition.default_value.value)
        for definition in operation.variable_definitions or ()
        if isinstance(definition.default_value, IntValueNode)
    }


def _is_list(kind: GraphQLOutputType) -> bool:
    return isinstance(kind.of_type if isinstance(kind, GraphQLNonNull) else kind, GraphQLList)


def _too_complex(message: str) -> GraphQLError:
    return GraphQLError(message, extensions={"code": "QUERY_TOO_COMPLEX"})
