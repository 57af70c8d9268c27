from __future__ import annotations

import pytest

from apps.datasets.models import Dataset
from apps.projects.models import Project


@pytest.fixture
def dataset(db):
    return Dataset.objects.create(project=Project.objects.create(namespace="alice", name="Maps"), name="train")
