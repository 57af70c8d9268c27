"""Fifty writers and a hundred open browsers at once, on one server.

    python benchmarks/bench_load.py [WRITERS] [SOCKETS] [BATCHES]

Every writer logs batches of 200 datapoints with labels and vectors through the SDK, half of them into one dataset;
every socket listens to the project. Prints how long a batch and an event took, whether everything that was acknowledged
is stored once, and what memory, open files and threads the server had before and has afterwards. Fails where a
datapoint is missing or doubled, or anything answered with an error.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass

import chroma_sdk as chroma
import psutil
from load import ROWS, Outcome, percentile, run_load
from stack import Stack, running_stack

USERS = 25
MAKE_TEAM = f"""
import json
from django.utils import timezone
from apps.accounts.actor import Actor
from apps.accounts.models import TokenScope, User
from apps.projects.models import Membership, Role
from apps.projects.services.projects import create_project
from apps.projects.services.tokens import create_api_token
owner = User.objects.get(username="bench")
project = create_project(actor=Actor(user=owner), name="Load")
secrets = []
for number in range({USERS}):
    user = User.objects.create_user(username=f"writer{{number}}")
    Membership.objects.create(project=project, user=user, role=Role.OWNER, accepted_at=timezone.now())
    actor = Actor(user=user)
    _, secret = create_api_token(actor=actor, name="load", scope=TokenScope.WRITE, expires_days=1, project=None)
    secrets.append(secret)
print(json.dumps(secrets))
"""
SETTLE_SECONDS = 60
PROJECT = "bench/Load"


@dataclass
class Footprint:
    """What the serving process holds."""

    mebibytes: float
    files: int
    threads: int

    @classmethod
    def of(cls, stack: Stack) -> Footprint:
        process = psutil.Process(stack.server.pid)
        return cls(process.memory_info().rss / 2**20, process.num_fds(), process.num_threads())

    def __str__(self) -> str:
        return f"{self.mebibytes:6.0f} MiB {self.files:5} open files {self.threads:5} threads"


def main() -> None:
    """Warm up, measure, compare."""
    writers, sockets, batches = ([int(argument) for argument in sys.argv[1:]] + [50, 100, 10][len(sys.argv) - 1 :])[:3]
    with running_stack("--no-worker") as stack:
        tokens = json.loads(stack.run_python(MAKE_TEAM))
        # Fills the pools of threads and connections.
        run_load(stack.url, PROJECT, tokens, writers=writers, sockets=sockets, batches=1)
        time.sleep(5)
        before = Footprint.of(stack)
        outcome = run_load(stack.url, PROJECT, tokens, writers=writers, sockets=sockets, batches=batches)
        during = Footprint.of(stack)
        after = _settled(stack, before)
        with chroma.Client(stack.url, tokens[0]) as client:
            missing, doubled = outcome.missing_and_doubled(client.project(PROJECT))
        _report(stack, outcome, writers, sockets)
        print(f"before  {before}\nat end  {during}\nafter   {after}")
        print(f"missing {missing}, doubled {doubled}, errors {len(outcome.errors)}", *outcome.errors[:5], sep="\n  ")
        expected = writers * batches * ROWS
        if missing or doubled or outcome.errors or outcome.rows < expected:
            sys.exit(f"{outcome.rows:,} of {expected:,} datapoints were acknowledged")


def _settled(stack: Stack, before: Footprint) -> Footprint:
    """The footprint once files and threads are back where they were, or after a minute."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while True:
        now = Footprint.of(stack)
        if (now.files <= before.files and now.threads <= before.threads) or time.monotonic() > deadline:
            return now
        time.sleep(1)


def _report(stack: Stack, outcome: Outcome, writers: int, sockets: int) -> None:
    print(f"{writers} writers and {sockets} sockets on {stack.database}: {outcome.rows:,} datapoints in", end=" ")
    print(f"{outcome.seconds:.1f} s ({outcome.rows / outcome.seconds:,.0f} a second)")
    for name, values in {"a batch of 200": outcome.log_seconds, "an event": outcome.hear_seconds}.items():
        p50, p95, p99 = (percentile(values, share) for share in (0.5, 0.95, 0.99))
        print(f"{name:15} p50 {p50:6.2f} s   p95 {p95:6.2f} s   p99 {p99:6.2f} s   of {len(values):,}")
    print(f"sockets that heard nothing: {outcome.deaf_sockets}")


if __name__ == "__main__":
    main()
