"""Who is worked for next: few requests at a time, and no more of one user's than of another's."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque

from apps.common.errors import RateLimited
from chroma_site.server.limits import RETRY_AFTER, Limits

# Whoever asked so lately is still around.
AROUND_SECONDS = 2.0


class Turn:
    """The right to be worked for, until its end."""

    def __init__(self, turns: Turns, caller: str) -> None:
        self._turns, self.caller, self.started = turns, caller, time.monotonic()

    def end(self) -> None:
        self._turns._end(self)  # noqa: SLF001 - the two are one


class Turns:
    """A user alone has `running_a_user` turns at once. Where others are around everybody has one of those that compute.

    Python computes for one thread at a time, so what one user runs beside another is time that the other waits. A
    request that takes long mostly waits itself, for the disk or for its turn to write: it makes room for a next one.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.running: dict[str, set[Turn]] = {}
        # Callers in the order in which they are served next.
        self.waiting: dict[str, deque[asyncio.Future[Turn]]] = {}
        self._around: OrderedDict[str, float] = OrderedDict()

    async def take(self, caller: str, *, patient: bool = False) -> Turn:
        """Wait for a turn. Raises RateLimited after too long, or for too many at once, but for who is patient."""
        self._note(caller)
        if caller not in self.waiting and self._may_run(caller):
            return self._start(caller)
        queue = self.waiting.setdefault(caller, deque())
        if len(queue) >= self.limits.waiting_a_user and not patient:
            raise _too_many()
        place: asyncio.Future[Turn] = asyncio.get_running_loop().create_future()
        queue.append(place)
        try:
            return await asyncio.wait_for(place, None if patient else self.limits.waiting_seconds)
        except TimeoutError:
            self._leave(caller, place)
            raise _too_many() from None
        except asyncio.CancelledError:
            self._leave(caller, place)
            if not place.cancelled():
                place.result().end()
            raise

    def _start(self, caller: str) -> Turn:
        turn = Turn(self, caller)
        self.running.setdefault(caller, set()).add(turn)
        # By then it makes room for the caller's next.
        asyncio.get_running_loop().call_later(self.limits.computing_seconds, self._let_in)
        return turn

    def _end(self, turn: Turn) -> None:
        self.running[turn.caller].remove(turn)
        if not self.running[turn.caller]:
            del self.running[turn.caller]
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
            queue.popleft().set_result(self._start(caller))
            # The next free turn is another's.
            self.waiting[caller] = self.waiting.pop(caller)
        if not queue:
            del self.waiting[caller]
        return admitted

    def _may_run(self, caller: str) -> bool:
        own, now = self.running.get(caller, set()), time.monotonic()
        if len(own) >= self.limits.running_a_user or sum(map(len, self.running.values())) >= self.limits.running:
            return False
        computing = any(now - turn.started < self.limits.computing_seconds for turn in own)
        return not computing or self._is_alone(caller)

    def _note(self, caller: str) -> None:
        self._around[caller] = time.monotonic()
        self._around.move_to_end(caller)
        while next(iter(self._around.values())) < time.monotonic() - AROUND_SECONDS:
            self._around.popitem(last=False)

    def _is_alone(self, caller: str) -> bool:
        """Nobody else has asked lately, or is being worked for."""
        since = time.monotonic() - AROUND_SECONDS
        others = [name for name in list(self._around)[-2:] if name != caller and self._around[name] >= since]
        return not others and self.running.keys() <= {caller} and self.waiting.keys() <= {caller}

    def _leave(self, caller: str, place: asyncio.Future[Turn]) -> None:
        queue = self.waiting.get(caller)
        if queue is not None and place in queue:
            queue.remove(place)
            if not queue:
                del self.waiting[caller]


def _too_many() -> RateLimited:
    return RateLimited("You have too many requests at once. Wait for some to be answered.", retry_after=RETRY_AFTER)
