"""Background jobs. The row is the truth; the queue only wakes a worker up."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.jobs.querysets import JobQuerySet
from apps.projects.models import Project
from apps.storage.models import StoredFile


class JobState(models.TextChoices):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ACTIVE_STATES = (JobState.QUEUED, JobState.RUNNING)


# Attempts are counted before work starts, so that a job that kills its worker is given up.
MAX_ATTEMPTS = 3


class Lane(models.TextChoices):
    """Heavy jobs (maps, analyses) run one at a time; light ones never wait for them."""

    HEAVY = "heavy"
    LIGHT = "light"


class Job(models.Model):
    """One piece of background work that users see."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="jobs")
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    lane = models.CharField(max_length=5, choices=Lane)
    parameters = models.JSONField(default=dict)
    # What the job works on, so that a page can find the jobs of a thing: ("projection_set", its id).
    target_type = models.CharField(max_length=60, blank=True, default="")
    target_id = models.CharField(max_length=80, blank=True, default="")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    state = models.CharField(max_length=9, choices=JobState, default=JobState.QUEUED)
    phase = models.CharField(max_length=120, blank=True, default="")
    # Counted work of the phase: done of total; total is null where the phase cannot count.
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True, default="")
    log = models.TextField(blank=True, default="")

    # Fencing: whoever holds this lease may write to the row, nobody else.
    lease = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    # Who runs it: the worker (a WorkerHeartbeat's id) and the process inside it, so that its supervisor sees it die.
    worker_id = models.UUIDField(null=True)
    process_id = models.PositiveIntegerField(null=True)
    cancel_requested_at = models.DateTimeField(null=True)
    # Somebody wants the layout as it is by now: it ends there, and the job goes on to store it.
    stop_requested_at = models.DateTimeField(null=True)
    # Rises whenever the job shows something of its result before that is whole: a layout that still grows.
    frame_number = models.PositiveIntegerField(default=0)
    # The job that this one does a part of. That one stays queued until no part of it is queued or running any more.
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="parts")

    created_at = models.DateTimeField(auto_now_add=True)
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["-created_at", "id"]
        indexes = [
            models.Index(fields=["project", "-created_at"], name="job_by_project"),
            # What a worker asks for: queued jobs of a lane, oldest first; what the reaper asks for: running ones.
            models.Index(
                fields=["state", "lane", "queued_at"],
                name="job_active",
                condition=Q(state__in=["queued", "running"]),
            ),
            # When somebody was served last.
            models.Index(fields=["requested_by", "lane", "-started_at"], name="job_by_requester"),
            # What ended long ago.
            models.Index(fields=["finished_at"], name="job_by_end"),
        ]
        constraints = [models.CheckConstraint(condition=Q(state__in=JobState.values), name="job_state_known")]

    PROJECT_PATH = "project"

    def __str__(self) -> str:
        return self.title


class JobFile(StoredFile):
    """An array that a job and its parts hand over to each other, gone once the job is done."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "name"], name="job_file_unique")]

    PROJECT_PATH = "job__project"


class WorkerHeartbeat(models.Model):
    """A worker that is alive; read by the health check and the job page."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    host = models.CharField(max_length=200)
    pid = models.PositiveIntegerField()
    started_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField()
