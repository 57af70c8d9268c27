"""One greedy user beside one modest one: how long the modest one waits.

    python benchmarks/bench_fairness.py [KIND …]    # queries uploads downloads sockets, all by default

The greedy user keeps 24 requests of a kind in flight, from a process of their own; the modest one asks for a page of
their projects again and again. Printed are the modest user's median and 95th percentile alone and beside the greedy
one, measured in turn, and what the greedy one got done meanwhile.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import statistics
import subprocess
import sys
import time
import uuid
from itertools import count

import httpx
from stack import Stack, manage, running_stack
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

KINDS = ("queries", "uploads", "downloads", "sockets")
AT_ONCE = 24
ROUNDS, SECONDS = 4, 5.0
PAUSE = 0.02
QUERY = "{ projects(first: 20) { edges { node { fullName myRole datapointCount } } } }"
HEAVY = "{ jobs(first: 100) { edges { node { title state } } } auditEntries(first: 100) { edges { node { action } } } }"
CHUNK = bytes(4 * 1024 * 1024)
MAKE_DATA = """
import numpy as np
from apps.accounts.actor import Actor
from apps.accounts.models import User
from apps.projects.services.projects import create_project
from tests.data import make_dataset, make_embedding_set
project = create_project(actor=Actor(user=User.objects.get(username="bench")), name="Large")
for number in range(100):
    create_project(actor=Actor(user=User.objects.get(username="bench")), name=f"Project {number}")
print(make_embedding_set(make_dataset(project, count=20_000), np.ones((20_000, 128), dtype=np.float32)).pk)
"""


def main() -> None:
    """Measure each kind of greed."""
    with running_stack("--no-worker") as stack:
        vectors = stack.run_python(MAKE_DATA).split()[-1]
        stack.make_user("modest")
        modest = manage(stack.environment, "create_token", "modest").strip()
        print(f"{'greedy for':12}{'alone p50':>10}{'p95':>7}{'beside p50':>12}{'p95':>7}{'ratio':>7}{'greedy/s':>10}")
        with httpx.Client(base_url=stack.url, headers=bearer(modest), timeout=60) as client:
            for _ in range(20):
                ask(client)
            for kind in sys.argv[1:] or KINDS:
                print_kind(stack, client, kind, vectors)


def print_kind(stack: Stack, client: httpx.Client, kind: str, vectors: str) -> None:
    alone: list[float] = []
    beside: list[float] = []
    done = 0
    for _ in range(ROUNDS):
        alone += times(client)
        command = [sys.executable, __file__, "--greedy", kind, stack.url, stack.token, vectors]
        greedy = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        time.sleep(2)
        beside += times(client)
        greedy.wait()
        assert greedy.stdout is not None
        done += int(greedy.stdout.read().split()[-1])
    p50, p95 = quantiles(alone)
    p50_beside, p95_beside = quantiles(beside)
    rate = done / ROUNDS / (SECONDS + 2)
    print(
        f"{kind:12}{p50:10.0f}{p95:7.0f}{p50_beside:12.0f}{p95_beside:7.0f}{p95_beside / p95:7.1f}{rate:10.1f}",
        flush=True,
    )


def times(client: httpx.Client) -> list[float]:
    """Return the milliseconds of each request that fits into the time."""
    taken, ends = [], time.monotonic() + SECONDS
    while time.monotonic() < ends:
        taken.append(ask(client))
        time.sleep(PAUSE)
    return taken


def ask(client: httpx.Client) -> float:
    started = time.monotonic()
    answer = client.post("/graphql", json={"query": QUERY})
    assert "errors" not in answer.json(), answer.text
    return (time.monotonic() - started) * 1000


def quantiles(taken: list[float]) -> tuple[float, float]:
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1]


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def be_greedy(kind: str, url: str, token: str, vectors: str) -> int:
    """Keep many requests in flight for a while; return how many were answered well."""
    ends, numbers = time.monotonic() + SECONDS + 2, count()
    done = 0
    async with httpx.AsyncClient(
        base_url=url, headers=bearer(token), timeout=60, limits=httpx.Limits(max_connections=None)
    ) as client:

        async def one() -> bool:
            if kind == "sockets":
                return await socket(url, token)
            if kind == "queries":
                answer = await client.post("/graphql", json={"query": HEAVY})
            elif kind == "uploads":
                address = f"/bulk/v1/uploads/{uuid.uuid4()}/chunks/{next(numbers)}"
                sha256 = {"X-Chroma-Sha256": hashlib.sha256(CHUNK).hexdigest()}
                answer = await client.put(address, content=CHUNK, headers=sha256)
                return answer.status_code == 404
            else:
                answer = await client.get(f"/bulk/v1/embedding-sets/{vectors}/vectors")
            return answer.is_success

        async def again() -> None:
            nonlocal done
            while time.monotonic() < ends:
                try:
                    answered = await one()
                except (httpx.TransportError, WebSocketException, OSError):
                    continue
                done += answered

        await asyncio.gather(*(again() for _ in range(AT_ONCE)))
    return done


async def socket(url: str, token: str) -> bool:
    """Open a socket, say who it is, subscribe to nothing, close."""
    async with connect(url.replace("http", "ws") + "/graphql", subprotocols=["graphql-transport-ws"]) as opened:
        await opened.send(json.dumps({"type": "connection_init", "payload": bearer(token)}))
        await opened.recv()
        payload = {"query": 'subscription { projectChanged(projectId: "1", after: 0) { seq } }'}
        await opened.send(json.dumps({"id": "1", "type": "subscribe", "payload": payload}))
        await opened.recv()
        return True


if __name__ == "__main__":
    if sys.argv[1:2] == ["--greedy"]:
        # Stands for another machine: what it computes itself is not taken from the server.
        os.nice(19)
        print(asyncio.run(be_greedy(*sys.argv[2:])))
    else:
        main()
