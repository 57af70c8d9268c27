"""What others feel while somebody logs: the time of a login, and of a job's heartbeat.

    python benchmarks/probes.py login URL USERNAME PASSWORD
    python benchmarks/probes.py heartbeat USERNAME

Runs until it is terminated and then prints its times in seconds as a JSON list.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx

PAUSES = {"login": 1.0, "heartbeat": 0.25}


def main() -> None:
    """Measure until SIGTERM."""
    kind, *arguments = sys.argv[1:]
    act = login(*arguments) if kind == "login" else heartbeat(*arguments)
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    print("ready", flush=True)
    times: list[float] = []
    while not ended.wait(PAUSES[kind]):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    print(json.dumps(times))


def login(url: str, username: str, password: str) -> Callable[[], None]:
    """Return what signs in as a browser does."""

    def act() -> None:
        with httpx.Client(base_url=url, timeout=60) as client:
            client.get("/")
            headers = {"X-CSRFToken": client.cookies["csrftoken"], "Origin": url}
            credentials = {"username": username, "password": password}
            client.post("/auth/login", json=credentials, headers=headers).raise_for_status()

    return act


def heartbeat(username: str) -> Callable[[], None]:
    """Return what a worker does every few seconds for a job that it holds: extend the lease, in a transaction."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    os.environ["DJANGO_SETTINGS_MODULE"] = "chroma_site.settings"
    import django  # noqa: PLC0415 -- only this probe wants Django

    django.setup()
    from django.db import transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from apps.accounts.actor import Actor  # noqa: PLC0415
    from apps.accounts.models import User  # noqa: PLC0415
    from apps.jobs import leases  # noqa: PLC0415
    from apps.jobs.models import Job, Lane  # noqa: PLC0415
    from apps.projects.services.projects import create_project  # noqa: PLC0415

    actor = Actor(user=User.objects.get(username=username))
    project = create_project(actor=actor, name=f"Heartbeat {os.getpid()}")
    Job.objects.create(project=project, kind="benchmark", title="Heartbeat", lane=Lane.LIGHT, queued_at=timezone.now())
    job = leases.claim_next(Lane.LIGHT)
    assert job is not None

    def act() -> None:
        with transaction.atomic():
            leases.fence(job)

    return act


if __name__ == "__main__":
    main()
