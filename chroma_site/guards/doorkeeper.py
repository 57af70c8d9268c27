"""Who may run which operation at all, before any resolver runs: deny by default."""

from __future__ import annotations

from collections.abc import Iterator

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    OperationType,
)
from graphql.language import FragmentSpreadNode, InlineFragmentNode, SelectionSetNode
from strawberry.extensions import SchemaExtension

from apps.accounts.actor import Actor
from apps.common.errors import BadUserInput, Unauthenticated

ANONYMOUS_FIELDS = {"me", "__typename"}


class Doorkeeper(SchemaExtension):
    """Anonymous callers may ask who they are; a token with scope read changes nothing; sockets only subscribe."""

    def on_validate(self) -> Iterator[None]:
        if self._actor is None:
            self.execution_context.validation_rules += (NoSchemaIntrospectionCustomRule,)
        yield

    def on_execute(self) -> Iterator[None]:
        operation = self._operation
        context = self.execution_context.context
        if context and context.credential and operation.operation is not OperationType.SUBSCRIPTION:
            raise BadUserInput(
                "Only subscriptions go through the WebSocket; send queries and mutations by POST /graphql."
            )
        if self._actor is None and not self._root_fields(operation.selection_set) <= ANONYMOUS_FIELDS:
            raise Unauthenticated("Sign in, or send the header Authorization: Bearer <token>.")
        if self._actor is not None and operation.operation is OperationType.MUTATION:
            self._actor.require_write()
        yield

    @property
    def _actor(self) -> Actor | None:
        actor: Actor | None = self.execution_context.context.actor if self.execution_context.context else None
        return actor

    @property
    def _operation(self) -> OperationDefinitionNode:
        document, name = self.execution_context.graphql_document, self.execution_context.operation_name
        assert document is not None
        operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
        return next(node for node in operations if name is None or (node.name and node.name.value == name))

    def _root_fields(self, selections: SelectionSetNode) -> set[str]:
        fields: set[str] = set()
        for node in selections.selections:
            if isinstance(node, FieldNode):
                fields.add(node.name.value)
            elif isinstance(node, InlineFragmentNode):
                fields |= self._root_fields(node.selection_set)
            elif isinstance(node, FragmentSpreadNode):
                fields |= self._root_fields(self._fragment(node.name.value))
        return fields

    def _fragment(self, name: str) -> SelectionSetNode:
        document = self.execution_context.graphql_document
        assert document is not None
        fragments = [node for node in document.definitions if isinstance(node, FragmentDefinitionNode)]
        return next(node.selection_set for node in fragments if node.name.value == name)
