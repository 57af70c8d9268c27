"""A private PostgreSQL that a test may stop in the middle of things."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg

from tests.jobs.processes import CHECKOUT
from tests.live import _free_port


class Postgres:
    """Keeps its promises: unlike that of the fast tests it syncs to disk."""

    def __enter__(self):
        self.bin = Path(subprocess.check_output([CHECKOUT / "scripts" / "find_postgres"], text=True).strip())
        self.folder, self.port = Path(tempfile.mkdtemp(prefix="chroma-faults-")), _free_port()
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self._run("initdb", "--username", "chroma", "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8")
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.folder)

    @property
    def url(self):
        return f"postgres://chroma@127.0.0.1:{self.port}/postgres"

    def start(self):
        options = f"-c listen_addresses=127.0.0.1 -c port={self.port} -c unix_socket_directories={self.folder}"
        self._run("pg_ctl", "--log", str(self.folder / "log"), "--wait", "--silent", "--options", options, "start")

    def stop(self):
        """As a power cut would: no goodbye to anybody, and a recovery at the next start."""
        self._run("pg_ctl", "--mode", "immediate", "--wait", "--silent", "stop")

    def ask(self, query):
        """The one value that a query finds."""
        with psycopg.connect(self.url) as connection:
            return connection.execute(query).fetchone()[0]

    def restart(self):
        self.stop()
        self.start()

    def _run(self, program, *arguments):
        # PostgreSQL refuses to run as root.
        as_owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if os.geteuid() == 0 else []
        command = [*as_owner, self.bin / program, "--pgdata", self.folder / "data", *arguments]
        subprocess.run(
            command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True, timeout=90
        )
