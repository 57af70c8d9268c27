from __future__ import annotations

import base64

import pytest
from pyroaring import BitMap

from apps.datasets.models import Dataset
from tests.cast import make_client
from tests.data import make_dataset


@pytest.fixture
def dataset(project):
    """Twenty datapoints k0 … k19; the first four are labelled 7, 7, 1, 1."""
    return make_dataset(project, count=20, labels=["7", "7", "1", "1"])


@pytest.fixture
def select():
    """select(caller, rows by dataset) -> the response of POST …/selections."""

    def post(caller, parts: dict[Dataset, list[int]], project=None):
        encoded = {
            str(dataset.pk): base64.b64encode(BitMap(rows).serialize()).decode() for dataset, rows in parts.items()
        }
        target = project or next(iter(parts)).project
        return make_client(caller).post(
            f"/bulk/v1/projects/{target.pk}/selections", {"datasets": encoded}, content_type="application/json"
        )

    return post


@pytest.fixture
def selected(select):
    """selected(caller, dataset, rows) -> the id of a new selection."""
    return lambda caller, dataset, rows: select(caller, {dataset: rows}).json()["id"]


@pytest.fixture
def act(gql):
    """act(caller, mutation, input, fields) -> the payload, or the codes of top-level errors."""

    def post(caller, name, input, fields):
        kind = f"{name[0].upper()}{name[1:]}Input"
        query = f"mutation ($input: {kind}!) {{ {name}(input: $input) {{ {fields} errors {{ code field message }} }} }}"
        answer = gql(caller, query, {"input": input})
        assert "errors" not in answer, answer["errors"]
        return answer["data"][name]

    return post
