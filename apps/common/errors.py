"""Expected failures. Services raise them; one place per door turns them into data.

Each is a sentence for the person who caused it: what is wrong, where, and what is allowed. Never a path, SQL or secret.
"""

from __future__ import annotations

from typing import ClassVar


class ChromaError(Exception):
    """An expected failure with a code for programs and a message for people."""

    code: ClassVar[str] = "INTERNAL"
    status: ClassVar[int] = 500
    # Seconds after which the same request may succeed; None where time changes nothing.
    retry_after: int | None = None

    def __init__(self, message: str, *, field: str | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.hint = hint


class Unauthenticated(ChromaError):
    code = "UNAUTHENTICATED"
    status = 401


class Forbidden(ChromaError):
    code = "FORBIDDEN"
    status = 403


class NotFound(ChromaError):
    """Missing, or not to be seen by who asks: the two look the same."""

    code = "NOT_FOUND"
    status = 404


class BadUserInput(ChromaError):
    code = "BAD_USER_INPUT"
    status = 422


class BadRequest(BadUserInput):
    """The request itself is malformed, before anything in it is looked at."""

    status = 400


class LengthRequired(BadUserInput):
    status = 411


class Conflict(ChromaError):
    code = "CONFLICT"
    status = 409


class IdempotencyConflict(ChromaError):
    code = "IDEMPOTENCY_CONFLICT"
    status = 409


class LimitExceeded(ChromaError):
    code = "LIMIT_EXCEEDED"
    status = 422


class StorageFull(LimitExceeded):
    """Nothing more can be written; what is there can still be read."""

    status = 507


class PayloadTooLarge(ChromaError):
    code = "PAYLOAD_TOO_LARGE"
    status = 413


class UnsupportedType(ChromaError):
    code = "UNSUPPORTED_TYPE"
    status = 415


class RateLimited(ChromaError):
    code = "RATE_LIMITED"
    status = 429

    def __init__(self, message: str, *, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class RetryLater(ChromaError):
    """What everything stands on is away for a moment. Nothing was wrong with the request."""

    code = "RETRY_LATER"
    status = 503
    retry_after = 2
