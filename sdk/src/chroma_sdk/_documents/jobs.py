"""Background jobs."""

from __future__ import annotations

from chroma_sdk._documents._building import mutation, one_of, page_of

JOB_FIELDS = """
id kind title state phase fraction attempt maxAttempts error log queuePosition
createdAt startedAt finishedAt requestedBy { username }
parts { count queued running done failed cancelled }
"""

JOBS = page_of("jobs", JOB_FIELDS, projectId="ID!", active="Boolean")
JOB = one_of("job", JOB_FIELDS)
CANCEL_JOB = mutation("cancelJob", job=JOB_FIELDS)
RETRY_JOB = mutation("retryJob", job=JOB_FIELDS)
DELETE_JOB = mutation("deleteJob", deletedId="")
