from __future__ import annotations

from pathlib import Path

import chroma_sdk as chroma
import httpx
import pytest
from chroma_sdk._dataset import Dataset
from chroma_sdk._home import Home

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch, tmp_path):
    """No test sees a login of the developer, or leaves one behind."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("CHROMA_URL", raising=False)
    monkeypatch.delenv("CHROMA_TOKEN", raising=False)


@pytest.fixture
def pauses(monkeypatch) -> list[float]:
    """The pauses that would have been made, in seconds; none is."""
    made: list[float] = []
    monkeypatch.setattr("time.sleep", made.append)
    monkeypatch.setattr("random.uniform", lambda low, high: 1.0)
    return made


@pytest.fixture
def answering():
    """answering(handler) -> a client whose requests are answered by handler(request)."""

    def make(handler) -> chroma.Client:
        return chroma.Client("http://chroma.test", "chr_secret", transport=httpx.MockTransport(handler))

    return make


@pytest.fixture
def dataset_at():
    """dataset_at(client) -> alice/MNIST's dataset train, as a server made up in a test describes it."""

    def make(client: chroma.Client) -> Dataset:
        counts = dict.fromkeys(["datapointCount", "objectCount", "labelledCount"], 0)
        stored = {"id": "d1", "name": "train", "kind": "TRAINING", **counts}
        return Dataset(Home(client._connection, "p1", "alice/MNIST"), stored)

    return make


@pytest.fixture
def silent_dataset(answering, dataset_at) -> Dataset:
    """A dataset of a server that must not be asked."""

    def refuse(request: httpx.Request) -> httpx.Response:
        pytest.fail(f"{request.method} {request.url.path} was sent")

    return dataset_at(answering(refuse))
