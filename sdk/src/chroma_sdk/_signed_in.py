"""Requests of somebody who signed in with a password, as browsers do."""

from __future__ import annotations

import httpx

from chroma_sdk._connection import TIMEOUT, Connection

CSRF_COOKIE, CSRF_HEADER = "csrftoken", "X-CSRFToken"


class SignedIn(Connection):
    """A server that knows us by cookie."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._was_reached = False
        self._http = httpx.Client(
            base_url=url,
            headers={"User-Agent": "chroma-sdk", "Referer": url},
            timeout=TIMEOUT,
            event_hooks={"request": [self._prove_origin]},
        )

    def sign_in(self, username: str, password: str) -> None:
        """Start a session. Raises Unauthenticated where the password is wrong."""
        who = {"username": username, "password": password}
        try:
            # Any page sets the cookie, even where it says that the front end is not built.
            self._http.get("/")
            self.request("POST", "/auth/login", json=who, repeatable=False)
        except Exception:
            self.close()
            raise

    def sign_out(self) -> None:
        """End the session, and close the connection."""
        try:
            self.request("POST", "/auth/logout")
        finally:
            self.close()

    def _prove_origin(self, request: httpx.Request) -> None:
        request.headers[CSRF_HEADER] = self._http.cookies.get(CSRF_COOKIE) or ""
