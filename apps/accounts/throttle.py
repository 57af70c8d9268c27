"""How often something may be tried, kept in the database: it holds over all processes and needs no Redis.

A bucket holds as many tries as are allowed in an hour and refills evenly.
"""

from __future__ import annotations

from datetime import timedelta
from math import ceil

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import TokenBucket
from apps.common.errors import RateLimited

HOUR = timedelta(hours=1)


@transaction.atomic
def take_try(name: str, *, per_hour: int) -> None:
    """Use up one try of this bucket. Raises RateLimited, with the seconds to wait, where none is left."""
    now = timezone.now()
    # Buckets that have refilled since say nothing any more.
    TokenBucket.objects.filter(updated_at__lt=now - HOUR).delete()
    TokenBucket.objects.get_or_create(name=name, defaults={"left": per_hour, "updated_at": now})
    bucket = TokenBucket.objects.select_for_update().get(name=name)
    refilled = (now - bucket.updated_at) / HOUR * per_hour
    left = min(per_hour, bucket.left + max(refilled, 0))
    if left < 1:
        seconds = ceil((1 - left) / per_hour * HOUR.total_seconds())
        raise RateLimited(f"Too many tries. Try again in {seconds} s.", retry_after=seconds)
    TokenBucket.objects.filter(pk=bucket.pk).update(left=left - 1, updated_at=now)


@transaction.atomic
def return_try(name: str) -> None:
    """Give back a try that succeeded: only failures count."""
    bucket = TokenBucket.objects.select_for_update().filter(name=name).first()
    if bucket is not None:
        TokenBucket.objects.filter(pk=bucket.pk).update(left=bucket.left + 1)
