from __future__ import annotations

import time


def wait_for(job, *states, seconds=90):
    """Wait until the job is in one of the states; returns the seconds that it took."""
    start = time.monotonic()
    while time.monotonic() - start < seconds:
        job.refresh_from_db()
        if job.state in states:
            return time.monotonic() - start
        time.sleep(0.02)
    raise AssertionError(f"the job is {job.state}, not {' or '.join(states)}; its log:\n{job.log}")


def wait_until(true, what, seconds=90):
    start = time.monotonic()
    while time.monotonic() - start < seconds:
        if true():
            return time.monotonic() - start
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s: {what}")
