"""The web server is killed a hundred times while clients log: what they were told is there, once."""

from __future__ import annotations

import json
import random
import signal
import threading
import time
from contextlib import suppress

import chroma_sdk as chroma
import pytest

KILLS, CLIENTS, ROWS = 100, 4, 20
STORED = """
import json
from apps.datasets.models import Datapoint
print(json.dumps({name: sorted(Datapoint.objects.filter(dataset__name=name).values_list("key", flat=True))
                  for name in %r}))
"""


@pytest.mark.holds(24, 27)
@pytest.mark.timeout(3600)
def test_a_hundred_kills_of_the_server_lose_no_acknowledged_row(installation, report_seconds):
    chance, names = random.Random(24), [f"kept {number}" for number in range(CLIENTS)]
    installation.serve()
    acknowledged = {name: set() for name in names}
    tried = {name: set() for name in names}
    over = threading.Event()
    writers = [threading.Thread(target=log, args=(installation, name, acknowledged[name], tried[name], over))
               for name in names]  # fmt: skip
    for writer in writers:
        writer.start()
    began = time.monotonic()
    try:
        for _ in range(KILLS):
            time.sleep(chance.uniform(0.05, 0.8))
            installation.web.stop(signal.SIGKILL)
            installation.serve()
    finally:
        over.set()
        for writer in writers:
            writer.join(120)
    report_seconds(f"{KILLS} kills of the web server", time.monotonic() - began)

    stored = json.loads(installation.run(STORED % names))
    assert sum(map(len, acknowledged.values())) > KILLS
    for name in names:
        assert len(stored[name]) == len(set(stored[name]))
        assert acknowledged[name] <= set(stored[name]) <= tried[name]
    installation.check_invariants()


def log(installation, name: str, acknowledged: set[str], tried: set[str], over: threading.Event) -> None:
    """Log again and again; what breaks is tried again with the next rows."""
    number = 0
    while not over.is_set():
        with suppress(chroma.ChromaError), chroma.Client(installation.url, installation.token) as client:
            dataset = client.project("alice/MNIST").dataset(name, kind="other")
            while not over.is_set():
                keys = [f"{number} {row}" for row in range(ROWS)]
                number += 1
                tried |= set(keys)
                dataset.log(keys=keys, texts=keys)
                acknowledged |= set(keys)
