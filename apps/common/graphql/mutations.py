"""Mutations answer expected failures as data: a payload with `errors`, each with code, field and message."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import strawberry
from django.db import Error
from strawberry import Info

from apps.common.errors import ChromaError, RetryLater
from apps.common.outages import expected_failure
from apps.common.refusals import log_refusal


@strawberry.type
class UserError:
    """Something that the caller can put right."""

    code: str
    message: str
    field: str | None = None


@strawberry.interface
class Payload:
    """The answer of a mutation: its result, or errors and no result."""

    errors: list[UserError] = strawberry.field(default_factory=list)


@strawberry.type
class DeletedPayload(Payload):
    """The id of what is gone."""

    deleted_id: strawberry.ID | None = None


def mutation(payload: type[Any]) -> Callable[[Callable[..., Any]], Any]:
    """Make a resolver a mutation whose ChromaErrors become the `errors` of its payload type.

    Every field of the payload type besides `errors` needs a default.
    """

    def decorate(resolver: Callable[..., Any]) -> Any:
        @functools.wraps(resolver)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            try:
                return resolver(*args, **kwargs)
            except ChromaError as problem:
                return payload(errors=[_as_data(problem, kwargs["info"])])
            except (Error, OSError) as problem:
                expected = expected_failure(problem)
                # An outage is nothing that the caller can put right.
                if expected is None or isinstance(expected, RetryLater):
                    raise
                return payload(errors=[_as_data(expected, kwargs["info"])])

        return strawberry.mutation(wrapped)

    return decorate


def _as_data(problem: ChromaError, info: Info[Any, Any]) -> UserError:
    log_refusal(info.context.request_id, problem.code, f"GraphQL {info.field_name}")
    return UserError(code=problem.code, field=problem.field, message=problem.message)
