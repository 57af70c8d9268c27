"""Numbers in the text of a query: Python takes long to read those of thousands of digits, or refuses to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from graphql import FloatValueNode, GraphQLError, IntValueNode, Visitor, visit
from strawberry.extensions import SchemaExtension

# Far more than any argument holds: 64-bit integers have 19, and doubles are written with 17.
MOST_DIGITS = 100
LONG = re.compile(f"[0-9]{{{MOST_DIGITS}}}")


class ShortNumbers(SchemaExtension):
    """Refuses a query that spells out a number of more than so many digits."""

    def on_validate(self) -> Iterator[None]:
        document = self.execution_context.graphql_document
        # Nearly no query holds so many digits in a row, be it in a text: only such a one is looked through.
        if document is not None and LONG.search(self.execution_context.query or ""):
            visit(document, _Numbers())
        yield


class _Numbers(Visitor):
    def enter_int_value(self, node: IntValueNode, *_: Any) -> None:
        _check(node)

    def enter_float_value(self, node: FloatValueNode, *_: Any) -> None:
        _check(node)


def _check(node: IntValueNode | FloatValueNode) -> None:
    if len(node.value) > MOST_DIGITS:
        raise GraphQLError(
            f"The number {node.value[:20]}… has {len(node.value):,} digits; at most {MOST_DIGITS} are allowed.",
            node,
            extensions={"code": "BAD_USER_INPUT"},
        )
