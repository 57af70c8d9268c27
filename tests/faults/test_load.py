"""A team at once on one server: nothing is lost, nothing fails, and the server is afterwards what it was before."""

from __future__ import annotations

import psutil
import pytest

from apps.projects.models import Role
from benchmarks.load import run_load
from tests.cast import make_member, make_token, make_user
from tests.jobs.waiting import wait_until

pytestmark = [pytest.mark.holds(27, 29, 39), pytest.mark.django_db(transaction=True)]
WRITERS, SOCKETS, BATCHES = 50, 100, 4


def test_fifty_writers_and_a_hundred_sockets_lose_nothing(live, project, client_of, alice):
    users = [make_user(f"writer{number}") for number in range(25)]
    for user in users:
        make_member(project, user, Role.OWNER)
    tokens = [make_token(user) for user in users]
    # Fills the pools of threads and connections: what comes after must add nothing.
    run_load(live.url, "alice/MNIST", tokens, writers=WRITERS, sockets=SOCKETS, batches=1)
    server = psutil.Process(live.process.pid)
    before = (server.num_fds(), server.num_threads())

    outcome = run_load(live.url, "alice/MNIST", tokens, writers=WRITERS, sockets=SOCKETS, batches=BATCHES)

    assert outcome.errors == []
    assert outcome.deaf_sockets == 0
    assert outcome.rows == WRITERS * BATCHES * 200
    assert outcome.missing_and_doubled(client_of(alice).project("MNIST")) == (0, 0)
    at_base = "open files and threads are back at their base"
    wait_until(lambda: server.num_fds() <= before[0] + 2 and server.num_threads() <= before[1] + 2, at_base, 90)
