"""How far a job in parts is: the counted work of its parts."""

from __future__ import annotations

import uuid

from django.db import transaction

from apps.jobs.models import Job, JobState

# A part that is done; one that runs counts by the share of its phase that is done.
WHOLE_PART = 1000


def count_work(whole_id: uuid.UUID) -> None:
    """Write into a job that waits how much its parts have done."""
    parts = list(Job.objects.filter(parent=whole_id).order_by().values_list("state", "done", "total"))
    ended = sum(state == JobState.DONE for state, _, _ in parts)
    begun = sum(min(done / total, 1.0) for state, done, total in parts if state == JobState.RUNNING and total)
    Job.objects.filter(pk=whole_id, state=JobState.QUEUED).update(
        done=round((ended + begun) * WHOLE_PART),
        total=len(parts) * WHOLE_PART,
        phase=f"{ended} of {len(parts)} parts are done",
    )


def count_work_on_commit(whole_id: uuid.UUID) -> None:
    """Count after the transaction, which holds the row of a part: whoever holds both takes the whole's first."""

    def count() -> None:
        count_work(whole_id)

    transaction.on_commit(count, robust=True)
