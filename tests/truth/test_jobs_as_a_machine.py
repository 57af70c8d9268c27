"""Jobs whose workers die, pause and come back: each is done once, and its result is there once."""

from __future__ import annotations

from itertools import count

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, precondition, rule

from apps.common.errors import Conflict
from apps.datasets.models import Tag
from apps.jobs import leases
from apps.jobs.models import MAX_ATTEMPTS, Job, JobState, Lane
from apps.jobs.services import cancel_job, enqueue_job, retry_job
from tests.truth.machines import walk

pytestmark = pytest.mark.holds(27, 33)

numbers = count()
# Few, so that one job meets many workers.
MOST_QUEUED = 2
STOPPED = (leases.LeaseLost, leases.CancelRequested)


class Jobs(RuleBasedStateMachine):
    """A result is a tag, made in the transaction that finishes its job."""

    actor = project = None
    jobs, held = Bundle("jobs"), Bundle("held")

    def __init__(self) -> None:
        super().__init__()
        Job.objects.all().delete()
        Tag.objects.all().delete()
        self.states: dict[object, JobState] = {}
        # Which claim of a job counts: the number of the last one, and None once it was lost.
        self.valid: dict[object, object] = {}
        self.attempts: dict[object, int] = {}
        self.cancelling: set[object] = set()

    @precondition(lambda self: list(self.states.values()).count(JobState.QUEUED) < MOST_QUEUED)
    @rule(target=jobs)
    def enqueue(self):
        job = enqueue_job(
            actor=self.actor, project=self.project, kind="export", title=f"Job {next(numbers)}", parameters={}
        )
        self.states[job.pk], self.attempts[job.pk] = JobState.QUEUED, 0
        return job

    @precondition(lambda self: JobState.QUEUED in self.states.values())
    @rule(target=held)
    def claim(self):
        job = leases.claim_next(Lane.LIGHT)
        assert self.states[job.pk] == JobState.QUEUED
        self.attempts[job.pk] += 1
        assert job.attempt == self.attempts[job.pk] <= MAX_ATTEMPTS
        self.states[job.pk], self.valid[job.pk] = JobState.RUNNING, job.lease
        return job

    @rule(job=held)
    def beat(self, job):
        assert bool(leases.held(job).update(heartbeat_at=leases.Now())) == self.is_ours(job)

    @rule(job=held, times=st.integers(1, 2))
    def finish(self, job, times):
        """Also by who lost the job, and by who does not know that it came through."""
        for _ in range(times):
            may = self.is_ours(job) and job.pk not in self.cancelling
            try:
                with transaction.atomic():
                    leases.finish(job)
                    Tag.objects.create(project=self.project, name=str(job.pk))
                done = None
            except STOPPED as stopped:
                done = type(stopped)
            assert done == (None if may else leases.CancelRequested if self.is_ours(job) else leases.LeaseLost)
            if done is leases.CancelRequested:
                leases.cancel(job)
            if self.is_ours(job):
                self.ended(job, JobState.DONE if may else JobState.CANCELLED)

    @rule(job=held)
    def fail(self, job):
        leases.fail(job, "It broke.")
        if self.is_ours(job):
            self.ended(job, JobState.FAILED)

    @rule(job=consumes(held))
    def die(self, job):
        """The worker is gone, its lease runs out, and the reaper comes by."""
        self.pause(job)

    @rule(job=held)
    def pause(self, job):
        """The worker only sleeps: it will come back and hold a lease that counts no more."""
        Job.objects.filter(pk=job.pk, lease=job.lease).update(lease_until=leases.Now() - leases.LEASE)
        leases.reap()
        if self.is_ours(job):
            given_up = self.attempts[job.pk] >= MAX_ATTEMPTS
            state = JobState.FAILED if given_up else JobState.QUEUED
            self.ended(job, JobState.CANCELLED if job.pk in self.cancelling else state)

    @rule(target=held, job=held)
    def take_over(self, job):
        """Somebody else gets the job of who sleeps, who does not know of it."""
        self.pause(job)
        return self.claim() if JobState.QUEUED in self.states.values() else job

    @rule(job=jobs)
    def cancel(self, job):
        was = self.states[job.pk]
        try:
            cancel_job(actor=self.actor, job=Job.objects.get(pk=job.pk))
        except Conflict:
            assert was not in {JobState.QUEUED, JobState.RUNNING}
        else:
            assert was in {JobState.QUEUED, JobState.RUNNING}
            if was == JobState.QUEUED:
                self.ended(job, JobState.CANCELLED)
            else:
                self.cancelling.add(job.pk)

    @rule(job=jobs)
    def retry(self, job):
        was = self.states[job.pk]
        try:
            retry_job(actor=self.actor, job=Job.objects.get(pk=job.pk))
        except Conflict:
            assert was not in {JobState.FAILED, JobState.CANCELLED}
        else:
            assert was in {JobState.FAILED, JobState.CANCELLED}
            self.states[job.pk], self.attempts[job.pk] = JobState.QUEUED, 0

    @invariant()
    def each_job_is_where_it_should_be(self):
        assert dict(Job.objects.values_list("pk", "state")) == self.states

    @invariant()
    def every_job_that_is_done_has_one_result(self):
        done = sorted(str(pk) for pk, state in self.states.items() if state == JobState.DONE)
        assert sorted(Tag.objects.values_list("name", flat=True)) == done

    @invariant()
    def only_running_jobs_are_leased(self):
        assert not Job.objects.exclude(state=JobState.RUNNING).exclude(lease=None).exists()

    def is_ours(self, job) -> bool:
        return self.states[job.pk] == JobState.RUNNING and self.valid[job.pk] == job.lease

    def ended(self, job, state) -> None:
        self.states[job.pk] = state
        self.valid[job.pk] = None
        if state != JobState.QUEUED:
            self.cancelling.discard(job.pk)


def test_each_job_has_one_result_whoever_dies(actor, project):
    Jobs.actor, Jobs.project = actor, project
    walk(Jobs, examples=25, steps=30)
