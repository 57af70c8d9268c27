"""Whether the machine has room, and whether secrets are secret."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from apps.storage.files import LEAST_FREE_BYTES
from chroma_site.keeping.doctor.findings import Finding, problem, warning

READABLE_BY_OTHERS = stat.S_IRGRP | stat.S_IROTH


def check_disk() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.CHROMA_DATA_DIR).free
    advice = "Free some space: `chroma manage collect_garbage`, or a larger disk."
    if free < LEAST_FREE_BYTES:
        yield problem(f"The disk of the data folder has {free / 1e6:,.0f} MB free: nothing new is accepted.", advice)
    elif free < 5 * LEAST_FREE_BYTES:
        yield warning(f"The disk of the data folder has {free / 1e9:,.1f} GB free.", advice)


def check_secrets() -> Iterator[Finding]:
    key = Path(settings.CHROMA_DATA_DIR) / "secret_key"
    if key.exists() and key.stat().st_mode & READABLE_BY_OTHERS:
        yield problem("Others on this machine can read the secret key.", f"Run `chmod 600 {key}`.")
