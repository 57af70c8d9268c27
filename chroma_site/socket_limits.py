"""What one WebSocket may ask for, and how many there may be in one server process."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from chroma_site.pace import Pace

MOST_SUBSCRIPTIONS = 50
MOST_SOCKETS_A_USER = 40
MOST_SOCKETS = 1500
# Sockets that have not said who they are yet, and how long they may take for it.
MOST_NEW_AN_ADDRESS = 100
MOST_NEW = 500
INIT_TIMEOUT = timedelta(seconds=10)
# Messages that a user may send at once through all sockets, and how many a second for long.
MESSAGES_AT_ONCE = 200
MESSAGES_A_SECOND = 20


class Crowd:
    """Sockets counted by whose they are."""

    def __init__(self, *, most: int, most_of_one: int) -> None:
        self.most, self.most_of_one = most, most_of_one
        self._counts: Counter[str] = Counter()

    def enter(self, name: str) -> bool:
        """Count one more, if there is room for it."""
        if self._counts.total() >= self.most or self._counts[name] >= self.most_of_one:
            return False
        self._counts[name] += 1
        return True

    def leave(self, name: str) -> None:
        self._counts[name] -= 1
        if not self._counts[name]:
            del self._counts[name]


newcomers = Crowd(most=MOST_NEW, most_of_one=MOST_NEW_AN_ADDRESS)
members = Crowd(most=MOST_SOCKETS, most_of_one=MOST_SOCKETS_A_USER)
messages = Pace(at_once=MESSAGES_AT_ONCE, a_second=MESSAGES_A_SECOND)
