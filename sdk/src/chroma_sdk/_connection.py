"""Requests to the server: authorised, retried while that may help, and refusals turned into errors."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx

from chroma_sdk._answers import MISFIT, REQUEST_ID, data_of, explained, payload_refusal, refused
from chroma_sdk._credentials import Credentials
from chroma_sdk._errors import BadInput, ConnectionFailed

ATTEMPTS = 8
ATTEMPTS_OF_A_STRANGER = 2  # where no server ever answered, the address is likely wrong: say so soon
LONGEST_PAUSE = 30.0
TIMEOUT = httpx.Timeout(120.0, connect=10.0)
RETRIED_STATUSES = frozenset({429, 502, 503, 504})
NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class Connection:
    """One server as seen by one token.

    Connection loss, 429 and 5xx answers of an overloaded server are tried again, with pauses that double (and are as
    long as Retry-After asks). Requests that would do harm twice are repeated only when they surely did not arrive.
    """

    def __init__(self, credentials: Credentials, transport: httpx.BaseTransport | None = None) -> None:
        self.url = credentials.url
        self._was_reached = False
        self._http = httpx.Client(
            base_url=credentials.url,
            headers={"Authorization": f"Bearer {credentials.token}", "User-Agent": "chroma-sdk"},
            timeout=TIMEOUT,
            transport=transport,
        )

    def __repr__(self) -> str:
        return f"Connection({self.url!r})"

    def close(self) -> None:
        """Close the connections that are kept open for the next request."""
        self._http.close()

    def graphql(self, document: str, variables: Mapping[str, Any] | None = None, *, repeatable: bool = True) -> Any:
        """Run a GraphQL document and return its `data`."""
        return data_of(self._run(document, dict(variables or {}), repeatable=repeatable))

    def mutate(self, document: str, input: Mapping[str, Any], *, repeatable: bool = True) -> Any:
        """Run a document of one mutation and return its payload; the payload's first error is raised."""
        response = self._run(document, {"input": dict(input)}, repeatable=repeatable)
        (payload,) = data_of(response).values()
        if payload["errors"]:
            raise payload_refusal(payload["errors"][0], response.headers.get(REQUEST_ID))
        return payload

    def get(self, path: str) -> bytes:
        """Return a body of bytes."""
        return self.request("GET", path).content

    @contextmanager
    def stream(self, path: str, headers: Mapping[str, str]) -> Iterator[httpx.Response]:
        """Open a body that is read piece by piece; raises what the server refuses, and httpx's errors of transport."""
        with self._http.stream("GET", path, headers=dict(headers)) as response:
            if not response.is_success:
                response.read()
                raise refused(response)
            yield response

    def request(self, method: str, path: str, *, repeatable: bool = True, **options: Any) -> httpx.Response:
        """Send a request, try again while that may help, and raise what the server refuses."""
        pause = 0.5
        for attempt in range(1, ATTEMPTS + 1):
            is_last = attempt == ATTEMPTS
            try:
                response = self._http.request(method, path, **options)
            except httpx.TransportError as problem:
                never_sent = isinstance(problem, NEVER_SENT)
                wrong_address = never_sent and not self._was_reached and attempt == ATTEMPTS_OF_A_STRANGER
                if is_last or wrong_address or not (repeatable or never_sent):
                    raise ConnectionFailed(_lost(self.url, problem)) from None
            else:
                self._was_reached = True
                if response.is_success:
                    return response
                if is_last or not _worth_repeating(response, repeatable):
                    raise refused(response)
                pause = max(pause, _retry_after(response) or 0.0)
            time.sleep(pause * random.uniform(0.8, 1.2))  # noqa: S311 -- spreads out clients, guards nothing
            pause = min(pause * 2, LONGEST_PAUSE)
        raise AssertionError("the last attempt returns or raises")

    def _run(self, document: str, variables: dict[str, Any], *, repeatable: bool) -> httpx.Response:
        try:
            return self.request(
                "POST", "/graphql", json={"query": document, "variables": variables}, repeatable=repeatable
            )
        except BadInput as problem:
            if not MISFIT.search(problem.message):
                raise
            raise explained(problem, self._server_version()) from None

    def _server_version(self) -> str:
        try:
            return str(self._http.get("/healthz/web").json()["version"])
        except (httpx.TransportError, ValueError, KeyError, TypeError):
            return "of an unknown version"


def _worth_repeating(response: httpx.Response, repeatable: bool) -> bool:
    return response.status_code in RETRIED_STATUSES and (repeatable or response.status_code == 429)


def _retry_after(response: httpx.Response) -> float | None:
    seconds = response.headers.get("Retry-After", "")
    return min(float(seconds), 300.0) if seconds.isdigit() else None


def _lost(url: str, problem: httpx.TransportError) -> str:
    if isinstance(problem, NEVER_SENT):
        return f"No Chroma server answers at {url}. Is the address right, and is it running?"
    if isinstance(problem, httpx.ProxyError):
        return f"The proxy on the way to {url} refused: {problem}. Look at HTTP_PROXY, HTTPS_PROXY and NO_PROXY."
    return f"The connection to {url} was lost ({type(problem).__name__}). Run it again: what arrived is not sent twice."
