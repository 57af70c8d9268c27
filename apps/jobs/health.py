from __future__ import annotations

from datetime import timedelta

from django.db.models.functions import Now

from apps.jobs.models import WorkerHeartbeat

# Several missed heartbeats, so that a busy machine is no false alarm.
SILENCE = timedelta(seconds=30)


def is_worker_alive() -> bool:
    """Whether some worker was heard of lately."""
    return count_workers() > 0


def count_workers() -> int:
    """How many workers were heard of lately; each runs one heavy job at a time."""
    return WorkerHeartbeat.objects.filter(seen_at__gt=Now() - SILENCE).count()
