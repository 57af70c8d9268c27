"""Wake-ups by django-q2, which only this module and broker.py know.

One carries a job's id, and nothing that would be lost with it.
"""

from __future__ import annotations

from importlib import import_module

from django.apps import apps
from django.contrib import admin
from django_q.brokers import get_broker
from django_q.cluster import Cluster
from django_q.tasks import async_task

from apps.jobs.models import Lane

WAKE_UP = "apps.jobs.runner.on_wake_up"


def wake_up(lane: Lane, job_id: str = "") -> None:
    """Wake one worker process of the lane, to look for queued jobs."""
    async_task(WAKE_UP, lane.value, job_id, cluster=lane.value, save=False)


def waiting(lane: Lane) -> int:
    """How many wake-ups nobody has taken yet."""
    return int(get_broker(lane.value).queue_size())


def forget(lane: Lane) -> None:
    """Drop all wake-ups, also those that a dead cluster had taken. The supervisor sends new ones."""
    get_broker(lane.value).purge_queue()


def serve() -> None:
    """Run the cluster of the lane that Q_CLUSTER_NAME names, until SIGTERM."""
    cluster = Cluster()
    cluster.start()
    cluster.sentinel.join()


def unregister_admin_pages() -> None:
    """Take django-q2's own pages out of the admin."""
    import_module("django_q.admin")
    for model in apps.get_app_config("django_q").get_models():
        if admin.site.is_registered(model):
            admin.site.unregister(model)
