"""A project with something of everything, and a client that says whether the server did what it was asked."""

from __future__ import annotations

import hashlib
import importlib
import json
from typing import Any
from unittest.mock import patch

from django.db import OperationalError
from django.utils import timezone

from apps.accounts.actor import Actor
from apps.jobs import leases
from apps.jobs.calculator import calculator
from apps.jobs.models import Job, JobState, Lane
from apps.jobs.runner import run_next
from apps.jobs.services import retry_job
from tests.cast import make_client
from tests.logging.upload import Uploader, stream_of, table_of

UNAVAILABLE = {503, 507}
computed: dict[str, Any] = {}


class Failed(Exception):
    """The server could not do it just now; nobody knows how far it came."""


class Scene:
    """What an operation works on."""

    def __init__(self, world, user) -> None:
        self.world, self.user, self.project, self.dataset = world, user, world.project, world.dataset
        self.actor = Actor(user=user)
        # Those of the world are only to be looked at.
        Job.objects.all().delete()
        self.sign_in()

    def sign_in(self) -> None:
        self.user.refresh_from_db()
        self.client = make_client(self.user)
        self.client.raise_request_exception = False

    def ask(self, method: str, url: str, content: Any = None, **headers: str) -> Any:
        """The answer as JSON. Failing for want of database or disk is Failed; any other 5xx is a bug of ours."""
        kind = "application/json" if isinstance(content, dict | None) else "application/octet-stream"
        response = self.client.generic(method, url, *_body(content), content_type=kind, headers=headers)
        if response.status_code in UNAVAILABLE:
            raise Failed(response.content)
        assert response.status_code < 500, response.content
        return response.json()

    def change(self, mutation: str, fields: str = "", *, kind: str = "", **given: Any) -> dict[str, Any]:
        """The payload of a mutation."""
        query = f"""mutation ($input: {kind or mutation[0].upper() + mutation[1:]}Input!) {{
            {mutation}(input: $input) {{ {fields} errors {{ code field message }} }} }}"""
        answer = self.ask("POST", "/graphql", {"query": query, "variables": {"input": given}})
        for error in answer.get("errors", []):
            code = error["extensions"]["code"]
            if code == "RETRY_LATER":
                raise Failed(error["message"])
            raise AssertionError(f"{code}: {error['message']}")
        payload = answer["data"][mutation]
        if any("disk is full" in error["message"] for error in payload["errors"]):
            raise Failed("the disk is full")
        return payload

    def uploader(self, dataset=None) -> Uploader:
        return Uploader(self.client, dataset or self.dataset)

    def select(self, rows: list[int]) -> str:
        """A selection of these rows, by key."""
        body = {"keys": {str(self.dataset.pk): [f"k{row}" for row in rows]}}
        return self.ask("POST", f"/bulk/v1/projects/{self.project.pk}/selections", body)["id"]

    def work(self, lane: Lane) -> None:
        """Run the jobs of a lane here, as a worker does; Failed where one did not get done."""
        try:
            with patch("apps.jobs.run.calculator.call", compute_here), patch.object(calculator, "start"):
                while run_next(lane):
                    pass
        except (OperationalError, OSError) as problem:
            raise Failed from problem
        left = Job.objects.filter(project=self.project, lane=lane).exclude(state__in=["done", "cancelled"])
        if unfinished := left.first():
            raise Failed(f"{unfinished.title} is {unfinished.state}: {unfinished.error}")

    def recover(self) -> None:
        """What time and people do after a failure: leases run out, failed jobs are tried again."""
        Job.objects.filter(state=JobState.RUNNING).update(lease_until=timezone.now() - leases.LEASE)
        leases.reap()
        for job in Job.objects.whole().filter(state=JobState.FAILED):
            retry_job(actor=self.actor, job=job)


def compute_here(function: str, arrays, arguments, *, on_progress, **_):
    """What the compute process does, in this one, and once: in a forked process, numpy's threads are missing."""
    module, _, name = function.partition(":")
    asked = (
        f"{function} {sorted(arguments.items())} {[hashlib.sha256(array.tobytes()).hexdigest() for array in arrays]}"
    )

    def callback(phase, fraction, positions=None):
        on_progress(phase, fraction)
        return True

    if asked not in computed:
        computed[asked] = getattr(importlib.import_module(module), name)(*arrays, **arguments, callback=callback)
    return computed[asked]


def stream(columns: dict[str, Any]) -> bytes:
    """Columns as one Arrow stream."""
    return stream_of(table_of(columns))


def _body(content: Any) -> list[Any]:
    return [] if content is None else [json.dumps(content) if isinstance(content, dict) else content]
