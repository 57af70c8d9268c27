"""Errors of GraphQL as callers see them: a code, a sentence and a request id, never what broke inside."""

from __future__ import annotations

import logging
import re

from graphql import GraphQLError

from apps.common.errors import ChromaError
from apps.common.graphql.context import ChromaContext
from apps.common.outages import outage
from apps.common.refusals import log_refusal
from chroma_site.guards.wording import field_of, sentence_of

logger = logging.getLogger("chroma.graphql")
# Hints at names of the schema, which anonymous callers may not read.
SUGGESTION = re.compile(r" Did you mean .*$", re.DOTALL)
TOO_MANY_TOKENS = "Document contains more than"


def make_presentable(error: GraphQLError, context: ChromaContext | None) -> None:
    """Change the error into what the caller may see; what was not expected goes to the log.

    In place, because strawberry hands its hook a list that is not always the one of the answer.
    """
    extensions = error.extensions or {}
    if "requestId" in extensions:
        return
    raised = root_cause(error)
    # An outage is told as such, even where a query fetched a part of its answer before it.
    cause = (outage(raised) if raised else None) or raised
    field = hint = None
    request_id = context.request_id if context else ""
    if isinstance(cause, ChromaError):
        code, field, hint = cause.code, cause.field, cause.hint
        error.message = cause.message
    elif cause is not None:
        logger.error("request %s: %s at %s", request_id, type(cause).__name__, error.path, exc_info=cause)
        code = "INTERNAL"
        error.message = f"Something went wrong; tell the administrator the request id {request_id}."
    else:
        code = extensions.get("code") or _code_of(error)
        field, error.message = field_of(error), sentence_of(error)
        if not (context and context.actor):
            error.message = SUGGESTION.sub("", error.message)
    log_refusal(request_id, code, f"GraphQL {'.'.join(map(str, error.path or []))}".rstrip())
    error.original_error = None
    error.extensions = {"code": code, "field": field, "hint": hint, "requestId": request_id}


def root_cause(error: BaseException) -> BaseException | None:
    """What was raised, below the wrappers of graphql-core; None where GraphQL itself refused the query."""
    cause: BaseException | None = error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    return cause


def _code_of(error: GraphQLError) -> str:
    return "QUERY_TOO_COMPLEX" if TOO_MANY_TOKENS in error.message else "BAD_USER_INPUT"
