from __future__ import annotations

import pytest

from apps.accounts.actor import Actor
from apps.datasets.services.datasets import create_dataset
from tests.logging.upload import Uploader


@pytest.fixture
def dataset(project, alice):
    """alice/MNIST, dataset train: empty."""
    return create_dataset(actor=Actor(user=alice), project=project, name="train")


@pytest.fixture
def uploader(dataset, bob, client_for):
    """Logs to the dataset as Bob, an editor."""
    return Uploader(client_for(bob), dataset)
