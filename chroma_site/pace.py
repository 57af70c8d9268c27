"""How often somebody may do something: so many at once, and so many a second for long."""

from __future__ import annotations

import time
from collections import OrderedDict

# More callers than these at once share nothing worth counting.
MOST_CALLERS = 10_000


class Pace:
    """Buckets that refill evenly, one for each caller."""

    def __init__(self, *, at_once: int, a_second: float) -> None:
        self.at_once, self.a_second = at_once, a_second
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, caller: str) -> bool:
        """Take one from the caller's bucket, if there is one left."""
        now = time.monotonic()
        left, seen = self._buckets.pop(caller, (float(self.at_once), now))
        left = min(self.at_once, left + (now - seen) * self.a_second)
        allowed = left >= 1
        self._buckets[caller] = (left - allowed, now)
        if len(self._buckets) > MOST_CALLERS:
            self._buckets.popitem(last=False)
        return allowed
