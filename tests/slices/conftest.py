from __future__ import annotations

import base64

import numpy as np
import pytest
from pyroaring import BitMap

from apps.accounts.actor import Actor
from apps.curation.models import Selection
from apps.datasets.models import ColumnKind, Tag, TagMembership
from apps.projections.precomputed import store_positions
from tests.cast import make_client
from tests.curation.conftest import act, select, selected  # noqa: F401 - fixtures
from tests.data import make_dataset, make_embedding_set, make_inference_set, make_metadata

LABELS = ["7", "7", "1", "1", None, None]
INFERENCES = ["7", "1", None, "1", "7", None]


@pytest.fixture
def dataset(project):
    """k0 … k5 with labels, inferences, confidences, days 0 … 4 and a city each of the first three."""
    dataset = make_dataset(project, count=6, labels=LABELS)
    make_inference_set(dataset, INFERENCES, confidences=[0.9, 0.2, 0.5, 0.6])
    make_metadata(dataset, "day", ColumnKind.INTEGER, np.arange(5))
    make_metadata(dataset, "city", ColumnKind.TEXT, ["Bern", "Basel", "Bern"])
    return dataset


@pytest.fixture
def tag(project, dataset):
    """On k1 and k2."""
    tag = Tag.objects.create(project=project, name="check")
    TagMembership.objects.create(tag=tag, dataset=dataset, rows=BitMap([1, 2]).serialize(), datapoint_count=2)
    return tag


@pytest.fixture
def placed(alice, dataset):
    """A map on which k0 … k5 stand at (0, 0) … (5, 0)."""
    embeddings = make_embedding_set(dataset, np.eye(6))
    positions = np.array([[x, 0] for x in range(6)], dtype=np.float32)
    return store_positions(actor=Actor(user=alice), embedding_sets=[embeddings], positions=positions, name="Line")


@pytest.fixture
def rows_of():
    """rows_of(caller, slice id) -> {dataset id: rows}, over HTTP."""

    def get(caller, id, noun="slices"):
        answer = make_client(caller).get(f"/bulk/v1/{noun}/{id}/rows")
        assert answer.status_code == 200, answer.content
        parts = answer.json()["datasets"]
        return {pk: list(BitMap.deserialize(base64.b64decode(text))) for pk, text in parts.items()}

    return get


@pytest.fixture
def meant(rows_of, client_for, project, bob):
    """meant(rule) -> the rows of the project's only dataset that a selection by this rule has."""

    def evaluate(rule):
        answer = client_for(bob).post(
            f"/bulk/v1/projects/{project.pk}/selections", {"rule": rule}, content_type="application/json"
        )
        assert answer.status_code == 201, answer.content
        found = rows_of(bob, answer.json()["id"], "selections")
        rows = next(iter(found.values()), [])
        assert Selection.objects.get(pk=answer.json()["id"]).datapoint_count == len(rows)
        return rows

    return evaluate
