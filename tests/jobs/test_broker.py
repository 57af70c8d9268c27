"""Lanes of an installation with Redis, while Redis is away."""

from __future__ import annotations

import pytest
from django_q.conf import Conf
from django_q.signing import SignedPackage

from apps.jobs import broker as brokers
from apps.jobs.broker import PatientRedis
from apps.jobs.queue import WAKE_UP

pytestmark = pytest.mark.holds(33, 38)


@pytest.fixture
def broker(monkeypatch):
    """A broker whose Redis is nowhere."""
    monkeypatch.setattr(Conf, "REDIS", "redis://127.0.0.1:1")
    monkeypatch.setattr(Conf, "CLUSTER_NAME", "heavy")
    monkeypatch.setattr(brokers, "POLL_SECONDS", 0)
    return PatientRedis()


def test_a_lane_without_redis_looks_for_jobs_by_itself(broker):
    [(receipt, package)] = broker.dequeue()
    task = SignedPackage.loads(package)
    assert (receipt, task["func"], task["args"]) == (None, WAKE_UP, ("heavy", ""))
    assert broker.ping()


def test_who_asks_for_a_job_without_redis_is_not_refused(broker):
    assert broker.enqueue("anything") is None
    assert broker.queue_size() == 0
    broker.purge_queue()
