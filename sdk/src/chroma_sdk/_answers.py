"""What the server's answer means: its data, or the error to raise."""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import Any

import httpx

from chroma_sdk._errors import BadInput, ChromaError, ConnectionFailed, ServerError, refusal

REQUEST_ID = "X-Request-Id"
# How a server refuses what its schema does not have: most likely it is of another version.
MISFIT = re.compile(r"Cannot query field|Unknown argument|Unknown type| has no field | needs the field ")


def data_of(response: httpx.Response) -> Any:
    """Return the `data` of a GraphQL answer, or raise what it refuses."""
    try:
        answer = response.json()
        data = None if answer.get("errors") else answer["data"]
    except (ValueError, KeyError, AttributeError):
        raise ConnectionFailed(
            f"What answers at {_origin(response.request.url)} is not a Chroma server. Is the address right?"
        ) from None
    if answer.get("errors"):
        raise _graphql_refusal(answer)
    return data


def payload_refusal(error: Any, request_id: str | None) -> ServerError:
    """Make the error for one in the payload of a mutation."""
    return refusal(error["code"], error["message"], field=error["field"], request_id=request_id)


def refused(response: httpx.Response) -> ChromaError:
    """Make the error for an answer that is no success."""
    if response.is_redirect:
        return ConnectionFailed(_redirected(response))
    if response.status_code == httpx.codes.PROXY_AUTHENTICATION_REQUIRED:
        return ConnectionFailed(
            "The proxy on the way to the server wants a user name and a password: put them into HTTP_PROXY or "
            "HTTPS_PROXY, or the server's host into NO_PROXY."
        )
    try:
        answer = response.json()
        return _graphql_refusal(answer) if "errors" in answer else _http_refusal(answer)
    except (ValueError, KeyError, TypeError, IndexError):
        code = "INTERNAL" if response.status_code >= 500 else "BAD_USER_INPUT"
        asked = f"{response.request.method} {response.request.url.path}"
        message = f"The server answered {response.status_code} to {asked}. Is this the address of a Chroma server?"
        return refusal(code, message, request_id=response.headers.get(REQUEST_ID))


def explained(problem: BadInput, server_version: str) -> BadInput:
    """Return the error with the two versions in it, where they differ."""
    own = version("chroma-sdk")
    if server_version == own:
        return problem
    hint = f"The server is Chroma {server_version}, this SDK is {own}: install the SDK of the server's version."
    return BadInput(problem.message, code=problem.code, field=problem.field, hint=hint, request_id=problem.request_id)


def _redirected(response: httpx.Response) -> str:
    """No redirect is followed: the token goes to the address that it was given for, and nowhere else."""
    here = _origin(response.request.url)
    try:
        there = _origin(response.request.url.join(response.headers["Location"]))
    except (httpx.InvalidURL, KeyError):
        there = "nowhere"
    if there == here:
        return f"What answers at {here} is not a Chroma server: it redirects. Is the address right?"
    return f"{here} redirects to {there}: give that address, if you trust it. The token was not sent there."


def _origin(url: httpx.URL) -> str:
    return str(url.copy_with(path="/", query=None, fragment=None, userinfo=b"")).rstrip("/?")


def _http_refusal(answer: Any) -> ServerError:
    error = answer["error"]
    return refusal(
        error["code"],
        error["message"],
        field=error.get("field"),
        hint=error.get("hint"),
        request_id=error.get("requestId"),
    )


def _graphql_refusal(answer: Any) -> ServerError:
    error = answer["errors"][0]
    details = error.get("extensions") or {}
    return refusal(
        details.get("code", "BAD_USER_INPUT"),
        error["message"],
        field=details.get("field"),
        hint=details.get("hint"),
        request_id=details.get("requestId"),
    )
