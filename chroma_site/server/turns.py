"""Who is worked for next: few requests at a time, and as many of one user's as of another's."""

from __future__ import annotations

import asyncio
from collections import Counter, deque

from apps.common.errors import RateLimited
from chroma_site.server.limits import RETRY_AFTER, Limits

Turn = asyncio.Future[None]


class Turns:
    """A user alone has `running_a_user` turns at once; users who come together share them; everybody has one.

    Python computes for one thread at a time, so what one user runs beside another is time that the other waits.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.running: Counter[str] = Counter()
        # Callers in the order in which they are served next.
        self.waiting: dict[str, deque[Turn]] = {}

    async def take(self, caller: str, *, patient: bool = False) -> None:
        """Wait for a turn. Raises RateLimited after too long, or for too many at once, but for who is patient."""
        if caller not in self.waiting and self._may_run(caller):
            self.running[caller] += 1
            return
        queue = self.waiting.setdefault(caller, deque())
        if len(queue) >= self.limits.waiting_a_user and not patient:
            raise _too_many()
        turn: Turn = asyncio.get_running_loop().create_future()
        queue.append(turn)
        try:
            await asyncio.wait_for(turn, None if patient else self.limits.waiting_seconds)
        except TimeoutError:
            self._leave(caller, turn)
            raise _too_many() from None
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.give_back(caller)
            else:
                self._leave(caller, turn)
            raise

    def give_back(self, caller: str) -> None:
        self.running[caller] -= 1
        if not self.running[caller]:
            del self.running[caller]
        self._let_in()

    def _let_in(self) -> None:
        # Round after round, in which each caller gets one turn at most.
        while sum(self._let_in_one_of(caller) for caller in list(self.waiting)):
            pass

    def _let_in_one_of(self, caller: str) -> bool:
        queue = self.waiting[caller]
        while queue and queue[0].done():
            queue.popleft()
        admitted = bool(queue) and self._may_run(caller)
        if admitted:
            self.running[caller] += 1
            queue.popleft().set_result(None)
            # The next free turn is another's.
            self.waiting[caller] = self.waiting.pop(caller)
        if not queue:
            del self.waiting[caller]
        return admitted

    def _may_run(self, caller: str) -> bool:
        callers = len(self.running.keys() | self.waiting.keys() | {caller})
        share = max(1, self.limits.running_a_user // callers)
        return self.running[caller] < share and self.running.total() < self.limits.running

    def _leave(self, caller: str, turn: Turn) -> None:
        queue = self.waiting.get(caller)
        if queue is not None and turn in queue:
            queue.remove(turn)
            if not queue:
                del self.waiting[caller]


def _too_many() -> RateLimited:
    return RateLimited("You have too many requests at once. Wait for some to be answered.", retry_after=RETRY_AFTER)
