"""A whole Chroma of its own, used only through its doors: data folder, database, web server, worker, one user."""

from __future__ import annotations

import atexit
import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import chroma_sdk as chroma
import httpx

from tests.jobs.processes import CHECKOUT, Running
from tests.jobs.waiting import wait_until
from tests.live import _free_port

PREPARE = """
from apps.accounts.actor import Actor
from apps.projects.services.projects import create_project
from tests.cast import make_token, make_user
alice = make_user("alice")
create_project(actor=Actor(user=alice), name="MNIST")
print(make_token(alice))
"""
CHECK = """
import json
from tests.truth.invariants import broken
print(json.dumps(list(broken())))
"""


@functools.cache
def prepared_installation():
    """One on SQLite that was never served, to be copied."""
    folder = Path(tempfile.mkdtemp(prefix="chroma-prepared-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    installation = Installation(folder / "data")
    installation.prepare()
    return installation


class Installation:
    """Prepared when it is entered, and ended with every process when it is left."""

    def __init__(self, data_dir, *, database_url="", redis_url=""):
        self.data_dir, self.port = data_dir, _free_port()
        urls = {"DATABASE_URL": database_url, "REDIS_URL": redis_url}
        own = {name: value for name, value in urls.items() if value}
        inherited = {name: value for name, value in os.environ.items() if name not in urls}
        self.environment = {**inherited, **own, "CHROMA_DATA_DIR": str(data_dir)}
        self.web = self.worker = None
        self._clients = ExitStack()

    def __enter__(self):
        if "DATABASE_URL" in self.environment:
            self.prepare()
        else:
            prepared = prepared_installation()
            shutil.copytree(prepared.data_dir, self.data_dir)
            self.token = prepared.token
        return self

    def __exit__(self, *_):
        self._clients.close()
        for process in (self.worker, self.web):
            if process is not None:
                process.__exit__()

    def prepare(self):
        self.manage("migrate", "--noinput")
        self.token = self.run(PREPARE)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    websocket_url = property(lambda self: f"ws://127.0.0.1:{self.port}/graphql")

    def serve(self, **how):
        """Start the web server, anew where it was killed, and wait until it answers."""
        arguments = ["runserver", f"127.0.0.1:{self.port}", "--noreload", "--no-worker"]
        self.web = Running(self.environment, *arguments, **how)
        self.web.__enter__()
        wait_until(self.answers, "the server to answer", 120)
        return self.web

    def work(self, **how):
        """Start a worker and wait until it is heard of."""
        self.worker = Running(self.environment, "worker", **how)
        self.worker.__enter__()
        wait_until(lambda: self.health().get("worker") == "ok", "the worker's heartbeat", 120)
        return self.worker

    def client(self):
        return self._clients.enter_context(chroma.Client(self.url, self.token))

    def project(self):
        return self.client().project("alice/MNIST")

    def http(self, **options):
        """A plain client, which tries nothing again."""
        headers = {"Authorization": f"Bearer {self.token}"}
        client = httpx.Client(base_url=self.url, headers=headers, **options)
        self._clients.callback(client.close)
        return client

    def health(self):
        try:
            return httpx.get(f"{self.url}/healthz", timeout=5).json()
        except (httpx.TransportError, json.JSONDecodeError):
            return {}

    def answers(self):
        try:
            return httpx.get(f"{self.url}/healthz/web", timeout=1).status_code == 200
        except httpx.TransportError:
            return False

    def is_well(self):
        return self.health().get("status") == "ok"

    def manage(self, *arguments):
        command = [sys.executable, "manage.py", *arguments]
        environment = self.environment | {"DJANGO_SETTINGS_MODULE": "chroma_site.settings"}
        ended = subprocess.run(
            command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, timeout=300, check=False
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    def run(self, code):
        """The last line that a piece of Python prints inside this installation."""
        return self.manage("shell", "--no-imports", "-v", "0", "-c", code).strip().rpartition("\n")[2]

    def check_invariants(self):
        found = json.loads(self.run(CHECK))
        assert not found, "\n".join(found)
