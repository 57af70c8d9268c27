from __future__ import annotations

import pytest

from apps.accounts.actor import Actor
from apps.datasets.services.datasets import create_dataset
from tests.limits.measuring import Growth
from tests.logging.upload import Uploader
from tests.resources.conftest import referenced, root, uploaded  # noqa: F401 - the same fixtures

CANARY = b"CANARY"


@pytest.fixture
def dataset(project, alice):
    """alice/MNIST, dataset train: empty."""
    return create_dataset(actor=Actor(user=alice), project=project, name="train")


@pytest.fixture
def uploader(dataset, bob, client_for):
    """Logs to the dataset as Bob, an editor."""
    return Uploader(client_for(bob), dataset)


@pytest.fixture
def growth():
    """`with growth(at_most=20):` fails where the process needed so many MiB more meanwhile."""
    return Growth
