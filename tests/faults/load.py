"""Work that goes on while something breaks."""

from __future__ import annotations

import threading
import time

import chroma_sdk as chroma
import httpx
import numpy as np

from tests.jobs.waiting import wait_until

VECTORS = np.random.default_rng(3).standard_normal((3000, 64)).astype(np.float32)


class Logging(threading.Thread):
    """Logs part after part through the SDK; `acknowledged` are the keys that the server took."""

    def __init__(self, installation, name="train"):
        super().__init__(daemon=True)
        self.dataset = installation.project().dataset(name)
        self.acknowledged, self.failure, self.stopped = set(), None, threading.Event()

    def run(self):
        number = 0
        try:
            while not self.stopped.is_set():
                keys = [f"{number}-{row}" for row in range(len(VECTORS))]
                self._log(keys)
                self.acknowledged.update(keys)
                number += 1
        except Exception as problem:  # noqa: BLE001 - the test fails with it
            self.failure = problem

    def _log(self, keys):
        """As people are told to: where the connection is lost for long, the same again."""
        while True:
            try:
                return self.dataset.log(keys, labels=["a"] * len(keys), embeddings=VECTORS, quiet=True)
            except chroma.ConnectionFailed:
                if self.stopped.is_set():
                    raise

    def goes_on(self, seconds=60):
        """Wait until more rows are acknowledged than now."""
        count = len(self.acknowledged)
        wait_until(lambda: self.failure or len(self.acknowledged) > count, "more rows acknowledged", seconds)
        assert self.failure is None, repr(self.failure)

    def end(self):
        self.stopped.set()
        self.join(180)
        assert self.failure is None, repr(self.failure)
        assert not self.is_alive()
        stored = self.dataset.keys()
        assert len(stored) == len(set(stored))
        assert self.acknowledged <= set(stored)
        assert len(self.dataset.embeddings()) == len(stored)


class Knocking(threading.Thread):
    """Asks again and again without trying anything twice, and remembers the answers."""

    def __init__(self, installation):
        super().__init__(daemon=True)
        self.http, self.statuses, self.stopped = installation.http(timeout=60), [], threading.Event()

    def run(self):
        query = {"query": "{ projects { edges { node { id name } } } jobs { totalCount } }"}
        while not self.stopped.is_set():
            try:
                self.statuses.append(self.http.post("/graphql", json=query).status_code)
                self.statuses.append(self.http.get("/").status_code)
            except httpx.TransportError as problem:
                self.statuses.append(type(problem).__name__)
            time.sleep(0.02)

    def end(self):
        self.stopped.set()
        self.join(60)
        return self.statuses
