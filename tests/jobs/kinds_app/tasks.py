"""Kinds of job for the tests. Workers that tests start know them by `tests.jobs.worker_settings`."""

from __future__ import annotations

import os
import signal
import time

import numpy as np
from django.db import OperationalError

from apps.accounts.models import User
from apps.common.errors import BadUserInput
from apps.jobs.models import Lane
from apps.jobs.registry import job

STEP = 0.05


@job("count", lane=Lane.LIGHT)
def count(run):
    """Counts to n in small steps, then names itself in the requester's first name: the result."""
    n = run.job.parameters["n"]
    for done in range(n):
        run.progress("Counting", done, n)
        time.sleep(STEP)
    with run.commit():
        user = User.objects.get(pk=run.job.requested_by_id)
        user.first_name += "counted "
        user.save()


@job("refuse", lane=Lane.LIGHT)
def refuse(run):
    raise BadUserInput("Seven is too many.")


@job("break", lane=Lane.LIGHT)
def break_down(run):
    raise KeyError("/secret/path")


@job("lose_database", lane=Lane.LIGHT)
def lose_database(run):
    """Loses the database at its first attempt."""
    if run.job.attempt == 1:
        raise OperationalError("deadlock detected")


@job("die", lane=Lane.LIGHT)
def die(run):
    run.progress("Dying")
    time.sleep(0.6)
    os.kill(os.getpid(), signal.SIGKILL)


@job("hang_once", lane=Lane.HEAVY)
def hang_once(run):
    """Waits to be killed; the second attempt is done at once."""
    if run.job.attempt == 1:
        run.progress("Waiting to be killed")
        time.sleep(600)
    with run.commit():
        pass


@job("sleep", lane=Lane.HEAVY)
def sleep(run):
    for _ in range(int(run.job.parameters["seconds"] / STEP)):
        run.progress("Sleeping")
        time.sleep(STEP)


@job("deaf", lane=Lane.LIGHT)
def deaf(run):
    """Says one word, and never asks whether it was cancelled."""
    run.progress("Deaf")
    time.sleep(600)


@job("eat", lane=Lane.LIGHT)
def eat(run):
    """Takes memory, a little at a time, until it is stopped."""
    held = []
    while True:
        held.append(b"x" * 40 * 2**20)
        run.progress("Eating", len(held))
        time.sleep(STEP)


@job("eat_heavily", lane=Lane.HEAVY)
def eat_heavily(run):
    eat(run)


@job("add_up", lane=Lane.HEAVY)
def add_up(run):
    """Adds 0 … 9 in parts, and names the sum in the requester's first name: the result."""
    parts = run.parts("add_some")
    if not parts:
        count = run.job.parameters["count"]
        of_each = [{**run.job.parameters, "start": start} for start in range(count)]
        run.split("add_some", of_each, handed={"numbers": np.arange(10)})
    sums = [int(run.fetch(part, "sum")[0]) for part in parts]
    with run.commit():
        user = User.objects.get(pk=run.job.requested_by_id)
        user.first_name += f"added {sum(sums)} "
        user.save()


@job("add_some", lane=Lane.HEAVY)
def add_some(run):
    """A part of the sum; the first one refuses, or hangs at its first attempt, where it is told to."""
    parameters = run.job.parameters
    if parameters["start"] == 0 and "refuses" in parameters:
        raise BadUserInput("One is too many.")
    if parameters["start"] == 0 and "hangs" in parameters and run.job.attempt == 1:
        run.progress("Waiting to be killed")
        time.sleep(600)
    steps = parameters.get("steps", 1)
    for step in range(steps):
        run.progress("Adding", step, steps)
        time.sleep(STEP)
    numbers = run.fetch(run.job.parent, "numbers")
    run.hand_over({"sum": np.array([numbers[parameters["start"] :: parameters["count"]].sum()])})
