"""Whose job is next, and how many may wait."""

from __future__ import annotations

import pytest

from apps.accounts.actor import Actor
from apps.common.errors import RateLimited
from apps.jobs import leases
from apps.jobs.models import Job, JobState, Lane
from apps.jobs.runner import run_next
from apps.jobs.services import cancel_job, retry_job
from tests.cast import make_member, make_user

POSITIONS = "{ jobs(active: true) { edges { node { id queuePosition } } } }"


@pytest.fixture
def ask(enqueue):
    """ask(user) -> a job that the user asked for."""
    return lambda user: enqueue("count", n=1, actor=Actor(user=user))


@pytest.fixture
def dora(project):
    dora = make_user("dora")
    make_member(project, dora, "editor")
    return dora


def order_of(jobs):
    """The requesters in the order in which their jobs are taken."""
    taken = []
    while (job := leases.claim_next(Lane.LIGHT)) is not None:
        taken.append(job.requested_by.username)
        leases.cancel(job)
    return " ".join(taken)


@pytest.mark.holds(23)
def test_who_asks_for_one_job_does_not_wait_for_all_of_another(ask, alice, bob):
    jobs = [*(ask(alice) for _ in range(4)), ask(bob), ask(bob)]
    assert order_of(jobs) == "alice bob alice bob alice alice"


@pytest.mark.holds(23)
def test_whoever_was_served_last_comes_after_the_others(ask, alice, bob, dora):
    ask(alice)
    assert run_next(Lane.LIGHT)
    jobs = [ask(alice), ask(alice), ask(bob), ask(dora)]
    assert order_of(jobs) == "bob dora alice alice"


def test_the_places_that_are_shown_are_the_turns(ask, gql, alice, bob):
    jobs = [ask(alice), ask(alice), ask(alice), ask(bob)]
    shown = {
        edge["node"]["id"]: edge["node"]["queuePosition"] for edge in gql(alice, POSITIONS)["data"]["jobs"]["edges"]
    }
    assert [shown[str(job.pk)] for job in jobs] == [1, 3, 4, 2]


def test_jobs_of_an_account_that_is_gone_are_taken_too(ask, alice):
    job = ask(alice)
    Job.objects.filter(pk=job.pk).update(requested_by=None)
    assert leases.claim_next(Lane.LIGHT).pk == job.pk


@pytest.mark.holds(23)
def test_a_person_has_a_bounded_number_of_jobs_waiting(ask, enqueue, alice, bob, monkeypatch):
    monkeypatch.setattr("apps.jobs.services.MOST_WAITING", 2)
    first, second = ask(alice), ask(alice)
    with pytest.raises(RateLimited, match="You have 2 jobs waiting to start; at most 2 may"):
        ask(alice)
    assert Job.objects.count() == 2
    ask(bob)
    enqueue("delete_dataset", dataset_id="11111111-1111-4111-8111-111111111111")
    cancel_job(actor=Actor(user=alice), job=first)
    ask(alice)
    cancel_job(actor=Actor(user=alice), job=second)
    ask(alice)
    with pytest.raises(RateLimited):
        retry_job(actor=Actor(user=alice), job=Job.objects.get(pk=first.pk))


def test_a_job_that_only_newer_workers_know_waits_for_one(ask, enqueue, alice):
    unknown = ask(alice)
    Job.objects.filter(pk=unknown.pk).update(kind="fold_proteins")
    known = ask(alice)
    assert run_next(Lane.LIGHT)
    assert not run_next(Lane.LIGHT)
    unknown.refresh_from_db()
    known.refresh_from_db()
    assert (unknown.state, unknown.attempt) == (JobState.QUEUED, 0)
    assert known.state == JobState.DONE
