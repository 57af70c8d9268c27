"""Everything the SDK raises, derived from ChromaError.

ChromaError
 ├── ConfigurationError      no address or no token to go with
 ├── InvalidArgument         an argument is wrong; found before any request (also a ValueError)
 ├── ConnectionFailed        the server was not reached, or went away and did not come back
 ├── JobFailed               a background job failed
 │    ├── JobCancelled       somebody cancelled it
 │    └── ImportFailed       rows of a file cannot be logged; it lists them
 └── ServerError             the server answered and refused; its sentence is the message
      ├── Unauthenticated    the token is wrong, expired or revoked
      ├── Forbidden          your role or the token's scope is too small
      ├── NotFound           missing, or in a project that you are no member of
      ├── BadInput           what was sent is wrong: the message says what, where and what is allowed
      ├── Conflict           it contradicts what is stored
      ├── LimitExceeded      too much at once, or too often
      └── Unavailable        the server is busy or broken; trying again later may help
"""

from __future__ import annotations


class ChromaError(Exception):
    """Base of all errors of this package."""


class ConfigurationError(ChromaError):
    """There is no address or no token to go with."""


class InvalidArgument(ChromaError, ValueError):
    """An argument is wrong. Raised before any request: nothing was sent.

    Attributes
    ----------
    argument : str
        Name of the argument.
    """

    def __init__(self, argument: str, problem: str) -> None:
        super().__init__(f"{argument}: {problem}")
        self.argument = argument


class ConnectionFailed(ChromaError):
    """The server was not reached, or went away and did not come back."""


class JobFailed(ChromaError):
    """A background job failed.

    Attributes
    ----------
    job_id : str
        Id of the job; its log is on the project's page of jobs.
    """

    def __init__(self, message: str, *, job_id: str) -> None:
        super().__init__(message)
        self.job_id = job_id


class JobCancelled(JobFailed):
    """Somebody cancelled the job."""


class ImportFailed(JobFailed):
    """A file, or rows of it, cannot be logged. Nothing of it was.

    Attributes
    ----------
    errors : list of str
        The first problems, each with its row and column.
    """

    def __init__(self, message: str, *, job_id: str, errors: list[str]) -> None:
        super().__init__(message, job_id=job_id)
        self.errors = errors


class ServerError(ChromaError):
    """The server answered and refused.

    Attributes
    ----------
    code : str
        For programs, such as "NOT_FOUND".
    message : str
        For people.
    field : str or None
        The field or column that is wrong.
    hint : str or None
        What may help.
    request_id : str or None
        What to tell who runs the server: it is in the server's log.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str,
        field: str | None = None,
        hint: str | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(f"{message} {hint}" if hint else message)
        self.message = message
        self.code = code
        self.field = field
        self.hint = hint
        self.request_id = request_id


class Unauthenticated(ServerError):
    """The token is wrong, expired or revoked."""


class Forbidden(ServerError):
    """Your role or the token's scope is too small."""


class NotFound(ServerError):
    """Missing, or in a project that you are no member of: the two look the same."""


class BadInput(ServerError):
    """What was sent is wrong: the message says what, where and what is allowed."""


class Conflict(ServerError):
    """It contradicts what is stored."""


class LimitExceeded(ServerError):
    """Too much at once, or too often."""


class Unavailable(ServerError):
    """The server is busy or broken; trying again later may help."""


def refusal(
    code: str, message: str, *, field: str | None = None, hint: str | None = None, request_id: str | None = None
) -> ServerError:
    """Make the error for a code that the server gave."""
    kind = _KINDS.get(code, ServerError)
    return kind(message, code=code, field=field, hint=hint, request_id=request_id)


_KINDS: dict[str, type[ServerError]] = {
    "UNAUTHENTICATED": Unauthenticated,
    "FORBIDDEN": Forbidden,
    "NOT_FOUND": NotFound,
    "BAD_USER_INPUT": BadInput,
    "UNSUPPORTED_TYPE": BadInput,
    "METHOD_NOT_ALLOWED": BadInput,
    "CONFLICT": Conflict,
    "IDEMPOTENCY_CONFLICT": Conflict,
    "LIMIT_EXCEEDED": LimitExceeded,
    "PAYLOAD_TOO_LARGE": LimitExceeded,
    "QUERY_TOO_COMPLEX": LimitExceeded,
    "RATE_LIMITED": LimitExceeded,
    "RETRY_LATER": Unavailable,
    "DAMAGED_FILE": Unavailable,
    "INTERNAL": Unavailable,
}
