from __future__ import annotations

import numpy as np
import pytest

from apps.datasets.models import ColumnKind, Resource, ResourceKind
from tests.data import make_dataset, make_embedding_set, make_inference_set, make_metadata


@pytest.fixture
def text(project):
    return Resource.objects.create(
        project=project, kind=ResourceKind.TEXT, text="Der Hund bellt.", size=15, sha256="a" * 64, path=""
    )


@pytest.fixture
def dataset(project, text):
    """Twelve datapoints k0 … k11 of alice/MNIST; the first three are labelled 7, 7, 1 and have a text."""
    return make_dataset(project, count=12, labels=["7", "7", "1"], resources=[text, text, text])


@pytest.fixture
def described(dataset):
    """The dataset with inferences of the first four, metadata, and vectors of the first five datapoints."""
    make_inference_set(dataset, ["7", "1", "1", "7"], confidences=[0.5, 0.25, 0.75, 1.0])
    make_metadata(dataset, "source", ColumnKind.TEXT, ["web", "scan"])
    make_metadata(dataset, "width", ColumnKind.INTEGER, np.array([28, 32], dtype=np.int64))
    make_metadata(dataset, "is_clean", ColumnKind.BOOLEAN, np.array([1, 0], dtype=np.uint8))
    make_embedding_set(dataset, np.eye(5))
    return dataset
