"""How many bytes of bodies are on their way in: bounded for each user and for the process."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable

from apps.common.errors import RateLimited, RetryLater
from chroma_site.server.limits import RETRY_AFTER, Limits


class BodyBudget:
    """Whoever finds no room waits, in the order of arrival, while the client is not read from."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.taken: Counter[str] = Counter()
        self.total = 0
        self._waiting: deque[tuple[str, int, asyncio.Future[None]]] = deque()

    async def take(self, caller: str, size: int) -> Callable[[], None]:
        """Room for a body; the answer gives it back. Raises where there is none for too long."""
        if any(who == caller for who, _, _ in self._waiting) or not self._fits(caller, size):
            await self._wait(caller, size)
        else:
            self._add(caller, size)
        return self._giver(caller, size)

    async def _wait(self, caller: str, size: int) -> None:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        entry = (caller, size, turn)
        self._waiting.append(entry)
        try:
            await asyncio.wait_for(turn, self.limits.bodies_wait)
        except TimeoutError:
            self._forget(entry)
            if self._is_full_for(caller, size):
                raise RateLimited(
                    "You are sending too much at once. Wait for some of it to be stored.", retry_after=RETRY_AFTER
                ) from None
            raise RetryLater("The server has too much to receive. Try again.") from None
        except asyncio.CancelledError:
            self._forget(entry)
            if not turn.cancelled():
                self._giver(caller, size)()
            raise

    def _forget(self, entry: tuple[str, int, asyncio.Future[None]]) -> None:
        if entry in self._waiting:
            self._waiting.remove(entry)
            # Whoever stood behind it may fit.
            self._let_in()

    def _fits(self, caller: str, size: int) -> bool:
        return not self._is_full_for(caller, size) and (not self.total or self.total + size <= self.limits.bodies)

    def _is_full_for(self, caller: str, size: int) -> bool:
        # One body always fits, however low the limit was set.
        return bool(self.taken[caller]) and self.taken[caller] + size > self.limits.bodies_a_user

    def _add(self, caller: str, size: int) -> None:
        self.taken[caller] += size
        self.total += size

    def _giver(self, caller: str, size: int) -> Callable[[], None]:
        given = False

        def give_back() -> None:
            nonlocal given
            if given:
                return
            given = True
            self.taken[caller] -= size
            if not self.taken[caller]:
                del self.taken[caller]
            self.total -= size
            self._let_in()

        return give_back

    def _let_in(self) -> None:
        passed_over: set[str] = set()
        for entry in list(self._waiting):
            caller, size, turn = entry
            if caller in passed_over or not self._fits(caller, size):
                passed_over.add(caller)
                continue
            self._waiting.remove(entry)
            if not turn.done():
                self._add(caller, size)
                turn.set_result(None)
