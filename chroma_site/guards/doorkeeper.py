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
from graphql.language import FragmentSpreadNode, InlineFragmentNode
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
        if not (context and context.credential) and operation.operation is OperationType.SUBSCRIPTION:
            raise BadUserInput("Subscriptions go through the WebSocket at /graphql; POST takes queries and mutations.")
        if self._actor is None and not self._root_fields(operation) <= ANONYMOUS_FIELDS:
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

    def _root_fields(self, operation: OperationDefinitionNode) -> set[str]:
        """The fields of the operation's root, those of fragments included; each fragment is looked into once."""
        document = self.execution_context.graphql_document
        assert document is not None
        fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
        fields: set[str] = set()
        waiting = [operation.selection_set]
        while waiting:
            for node in waiting.pop().selections:
                if isinstance(node, FieldNode):
                    fields.add(node.name.value)
                elif isinstance(node, InlineFragmentNode):
                    waiting.append(node.selection_set)
                elif isinstance(node, FragmentSpreadNode) and node.name.value in fragments:
                    waiting.append(fragments.pop(node.name.value).selection_set)
        return fields
