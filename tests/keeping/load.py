"""People at work through the SDK while something else happens: logging, tagging, deleting."""

from __future__ import annotations

import threading
import time
from collections import defaultdict

import numpy as np

DIMENSION = 8
BATCH = 40


def vector_of(key: str) -> np.ndarray:
    """What is logged under the key, so that anybody can tell whether it is still that."""
    return np.random.default_rng(int(key)).standard_normal(DIMENSION, dtype=np.float32)


class Load:
    """Runs while it is entered; `acknowledged` has the keys that the server said it has, by dataset."""

    def __init__(self, projects) -> None:
        self.acknowledged: dict[str, list[str]] = defaultdict(list)
        self.rounds: dict[str, int] = defaultdict(int)
        self.errors: list[Exception] = []
        self._stopped = threading.Event()
        work = (self._log, self._tag, self._delete)
        self._threads = [
            threading.Thread(target=self._run, args=(do, project)) for do, project in zip(work, projects, strict=True)
        ]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stopped.set()
        for thread in self._threads:
            thread.join(60)

    def wait_for(self, rounds: int) -> None:
        """Until each kind of work was done so often (since the start)."""
        deadline = time.monotonic() + 240
        while min((self.rounds[name] for name in ("_log", "_tag", "_delete")), default=0) < rounds:
            assert not self.errors, self.errors
            assert time.monotonic() < deadline, dict(self.rounds)
            time.sleep(0.05)

    def _run(self, do, project) -> None:
        try:
            while not self._stopped.is_set():
                do(project, self.rounds[do.__name__])
                self.rounds[do.__name__] += 1
        except Exception as problem:  # noqa: BLE001 - the test looks at it
            self.errors.append(problem)

    def _log(self, project, number: int) -> None:
        name = f"train {number % 2}"
        keys = [str(number * BATCH + place) for place in range(BATCH)]
        project.dataset(name, kind="training").log(
            keys=keys,
            texts=[f"text {key}" for key in keys],
            labels=[str(int(key) % 5) for key in keys],
            metadata=[{"number": int(key)} for key in keys],
            embeddings=np.stack([vector_of(key) for key in keys]),
            model="cnn",
            version="1",
            layer="fc",
        )
        self.acknowledged[name].extend(keys)

    def _tag(self, project, number: int) -> None:
        dataset = project.dataset("tagged", kind="test")
        if number == 0:
            dataset.log(keys=[str(key) for key in range(20)], texts=["x"] * 20)
            self.acknowledged["tagged"].extend(str(key) for key in range(20))
        dataset.tag("check", keys=[str(number % 20)])
        dataset.untag("check", keys=[str((number + 10) % 20)])

    def _delete(self, project, number: int) -> None:
        dataset = project.dataset(f"going {number}", kind="other")
        dataset.log(keys=["1", "2"], files=[f"{number} a".encode(), f"{number} b".encode()], embeddings=np.eye(2))
        dataset.delete()
