"""What `POST /graphql` takes: one JSON object with a query. Everything else is refused by name."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from strawberry.http import GraphQLRequestData

from apps.common.bodies import parse_json
from apps.common.errors import BadRequest, UnsupportedType

LONGEST_NAME = 200
KINDS: dict[str, tuple[type, str]] = {
    "query": (str, "a text"),
    "operationName": (str, "a text"),
    "variables": (dict, "an object"),
    "extensions": (dict, "an object"),
}


def check_headers(request: HttpRequest) -> None:
    """Only JSON, as it is. Browsers send nothing of that type to another site without asking."""
    if request.content_type != "application/json":
        raise UnsupportedType("Send the operation as JSON, with the header Content-Type: application/json.")
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise UnsupportedType("Send the body without Content-Encoding.")


def read_operation(content: bytes | str) -> GraphQLRequestData:
    """The operation in a body."""
    body: Any = parse_json(content)
    if not isinstance(body, dict):
        raise BadRequest("The body must be one JSON object with `query` and, if need be, `variables`.")
    for name, (kind, words) in KINDS.items():
        if body.get(name) is not None and not isinstance(body[name], kind):
            raise BadRequest(f"`{name}` must be {words}.", field=name)
    query, operation = body.get("query"), body.get("operationName") or None
    if not (query and query.strip()):
        raise BadRequest("The body has no `query`.", field="query")
    if operation and len(operation) > LONGEST_NAME:
        raise BadRequest(
            f"`operationName` may have {LONGEST_NAME} characters, not {len(operation):,}.", field="operationName"
        )
    return GraphQLRequestData(
        query=query, variables=body.get("variables"), operation_name=operation, extensions=body.get("extensions")
    )
