"""A team at once: writers that log through the SDK, sockets that listen to the same project, and what became of it."""

from __future__ import annotations

import asyncio
import itertools
import json
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

import chroma_sdk as chroma
import httpx
import numpy as np
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

ROWS = 200
DIMENSION = 16
TICK_SECONDS = 0.5
# How long the last news may take.
PATIENCE_SECONDS = 30
SUBSCRIBE = """subscription ($id: ID!, $after: Int!) {
  projectChanged(projectId: $id, after: $after) { seq changes { seq targetType } }
}"""
RENAME = """mutation ($input: UpdateProjectInput!) {
  updateProject(input: $input) { project { lastSeq } errors { message } }
}"""


@dataclass
class Outcome:
    """What writers and sockets saw."""

    # Dataset name -> the keys whose logging was acknowledged.
    acknowledged: dict[str, set[str]] = field(default_factory=dict)
    log_seconds: list[float] = field(default_factory=list)
    # From the acknowledgement of a change until each socket had heard of it.
    hear_seconds: list[float] = field(default_factory=list)
    deaf_sockets: int = 0
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rows(self) -> int:
        return sum(map(len, self.acknowledged.values()))

    def missing_and_doubled(self, project: chroma.Project) -> tuple[int, int]:
        """How many acknowledged datapoints are not stored, and how many stored ones stand there more than once."""
        missing = doubled = 0
        for name, keys in self.acknowledged.items():
            stored = project.dataset(name).keys()
            missing += len(keys - set(stored))
            doubled += len(stored) - len(set(stored))
        return missing, doubled


def run_load(url: str, project_name: str, tokens: list[str], *, writers: int, sockets: int, batches: int) -> Outcome:
    """Let so many writers log that many batches each while so many sockets listen. Tokens are shared out in turn."""
    outcome = Outcome()
    with chroma.Client(url, tokens[0]) as client:
        project_id = client.project(project_name).id
    turns = itertools.cycle(tokens)
    listening = _Listeners(url, project_id, [next(turns) for _ in range(sockets)], outcome)
    listening.start()
    started = time.monotonic()
    threads = [
        threading.Thread(target=_write, args=(url, token, project_name, number, batches, outcome))
        for number, token in zip(range(writers), turns, strict=False)
    ]
    for thread in threads:
        thread.start()
    _tick(url, tokens[0], project_id, threads, listening, outcome)
    for thread in threads:
        thread.join()
    outcome.seconds = time.monotonic() - started
    listening.finish()
    return outcome


def percentile(values: Iterable[float], share: float) -> float:
    """The value below which that share of them lies; 0 where there are none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def _write(url: str, token: str, project_name: str, number: int, batches: int, outcome: Outcome) -> None:
    """Log to a dataset that half of the writers share, or to one of the writer's own."""
    name = "shared" if number % 2 else f"of writer {number}"
    vectors = np.random.default_rng(number).standard_normal((ROWS, DIMENSION)).astype(np.float32)
    try:
        with chroma.Client(url, token) as client:
            dataset = client.project(project_name).dataset(name)
            for batch in range(batches):
                keys = [f"{number}-{batch}-{row}" for row in range(ROWS)]
                began = time.monotonic()
                dataset.log(keys, labels=[str(row % 7) for row in range(ROWS)], embeddings=vectors + batch, quiet=True)
                outcome.log_seconds.append(time.monotonic() - began)
                outcome.acknowledged.setdefault(name, set()).update(keys)
    except (chroma.ChromaError, OSError) as problem:
        outcome.errors.append(f"writer {number}: {problem!r}")


def _tick(
    url: str, token: str, project_id: str, threads: list[threading.Thread], listening: _Listeners, outcome: Outcome
) -> None:
    """Change the project now and then while the writers work, so that the sockets have something timed to hear."""
    with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {token}"}, timeout=60) as client:
        for number in itertools.count():
            variables = {"input": {"id": project_id, "description": f"Tick {number}"}}
            answer = client.post("/graphql", json={"query": RENAME, "variables": variables}).json()
            now = time.monotonic()
            payload = (answer.get("data") or {}).get("updateProject")
            if not payload or payload["errors"]:
                outcome.errors.append(f"tick {number}: {json.dumps(answer)[:300]}")
            else:
                listening.ticks[payload["project"]["lastSeq"]] = now
            if not any(thread.is_alive() for thread in threads):
                return
            time.sleep(TICK_SECONDS)


class _Listeners(threading.Thread):
    """All sockets, in an event loop of their own."""

    def __init__(self, url: str, project_id: str, tokens: list[str], outcome: Outcome) -> None:
        super().__init__(name="sockets")
        self.address = url.replace("http", "ws", 1) + "/graphql"
        self.project_id = project_id
        self.tokens = tokens
        self.outcome = outcome
        self.ticks: dict[int, float] = {}
        self.heard: list[list[tuple[int, float]]] = [[] for _ in tokens]
        self._all_open = threading.Event()
        self._over = threading.Event()

    def start(self) -> None:
        """Return when every socket listens."""
        super().start()
        if not self._all_open.wait(120):
            self.outcome.errors.append("not all sockets were open after two minutes")

    def finish(self) -> None:
        """Wait until all have heard of the last change, close all sockets, and work out how long the news took."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline and not all(self._has_heard_all(heard) for heard in self.heard):
            time.sleep(0.1)
        self._over.set()
        self.join()
        for heard in self.heard:
            self.outcome.deaf_sockets += not heard
            for tick, at in self.ticks.items():
                first = next((when for seq, when in heard if seq >= tick), None)
                if first is None:
                    self.outcome.errors.append(f"a socket never heard of change {tick}")
                else:
                    self.outcome.hear_seconds.append(max(first - at, 0.0))

    def _has_heard_all(self, heard: list[tuple[int, float]]) -> bool:
        return bool(heard) and heard[-1][0] >= max(self.ticks, default=0)

    def run(self) -> None:
        asyncio.run(self._listen())

    async def _listen(self) -> None:
        opened = [asyncio.Event() for _ in self.tokens]
        tasks = [asyncio.create_task(self._one(number, opened[number])) for number in range(len(self.tokens))]
        for event in opened:
            await event.wait()
        self._all_open.set()
        await asyncio.to_thread(self._over.wait)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _one(self, number: int, opened: asyncio.Event) -> None:
        try:
            async with connect(self.address, subprotocols=["graphql-transport-ws"], open_timeout=60) as socket:
                await socket.send(json.dumps({"type": "connection_init", "payload": self._credentials(number)}))
                await socket.recv()
                variables = {"id": self.project_id, "after": 0}
                payload = {"query": SUBSCRIBE, "variables": variables}
                await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": payload}))
                opened.set()
                async for text in socket:
                    self._hear(number, json.loads(text))
        except (OSError, WebSocketException) as problem:
            self.outcome.errors.append(f"socket {number}: {problem!r}")
        finally:
            opened.set()

    def _hear(self, number: int, message: dict) -> None:
        if message["type"] == "next" and "errors" not in message["payload"]:
            self.heard[number].append((message["payload"]["data"]["projectChanged"]["seq"], time.monotonic()))
        elif message["type"] != "ping":
            self.outcome.errors.append(f"socket {number}: {json.dumps(message)[:300]}")

    def _credentials(self, number: int) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens[number]}"}
