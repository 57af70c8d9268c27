"""Whose request it is, known before Django sees it: by the session or token that it carries, else by its address."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import Error, close_old_connections
from django.http.cookie import parse_cookie

from apps.accounts.callers import user_of
from apps.accounts.credentials import Credential
from chroma_site.server.proxies import Headers

# A session or token that has just ended counts on for so long; what it may do is asked by Django each time.
REMEMBERED_SECONDS = 10
MOST_REMEMBERED = 10_000


class Callers:
    """Remembers for a moment who stands behind a credential, so that not every request asks the database twice."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, tuple[float, UUID | None]] = OrderedDict()
        self._asked: dict[str, asyncio.Task[UUID | None]] = {}
        self._executor = ThreadPoolExecutor(max_workers=2, thread_name_prefix="callers")

    async def user_behind(self, headers: Headers) -> UUID | None:
        """The user's id; None for anonymous callers and for those whose credential does not hold."""
        credential = credential_in(headers)
        if credential is None:
            return None
        key = hashlib.sha256(f"{credential.header}\n{credential.session_key}".encode()).hexdigest()
        known = self._known.get(key)
        if known is not None and known[0] > time.monotonic():
            return known[1]
        # Many requests of one caller that come together ask once.
        task = self._asked.get(key)
        if task is None:
            task = self._asked[key] = asyncio.create_task(self._ask(key, credential))
        return await asyncio.shield(task)

    async def name(self, headers: Headers, address: str) -> str:
        """Who shares turns with whom. Whoever cannot be asked for counts by address."""
        try:
            user = await self.user_behind(headers)
        except Error:
            user = None
        return f"address {address}" if user is None else f"user {user}"

    async def _ask(self, key: str, credential: Credential) -> UUID | None:
        try:
            user = await sync_to_async(_user_of, thread_sensitive=False, executor=self._executor)(credential)
        finally:
            del self._asked[key]
        self._known[key] = (time.monotonic() + REMEMBERED_SECONDS, user)
        self._known.move_to_end(key)
        if len(self._known) > MOST_REMEMBERED:
            self._known.popitem(last=False)
        return user


def credential_in(headers: Headers) -> Credential | None:
    """What the request brings to be known by; a header goes before a cookie, as in Django."""
    given = {name.lower(): value.decode("latin-1") for name, value in reversed(headers)}
    if b"authorization" in given:
        return Credential(header=given[b"authorization"])
    session_key = parse_cookie(given.get(b"cookie", "")).get(settings.SESSION_COOKIE_NAME)
    return Credential(session_key=session_key) if session_key else None


def _user_of(credential: Credential) -> UUID | None:
    close_old_connections()
    try:
        return user_of(credential)
    finally:
        close_old_connections()
