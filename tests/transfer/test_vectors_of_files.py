"""Vectors in files: what is no finite number is refused, and what is one comes in bit for bit."""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa
import pytest

from apps.datasets.models import Datapoint, Dataset
from apps.embeddings.models import EmbeddingSet
from tests.cast import make_client
from tests.logging.upload import read_arrow
from tests.transfer.conftest import run_jobs
from tests.transfer.test_inspecting import parquet

pytestmark = pytest.mark.holds(28)

NAN, INF = float("nan"), float("inf")
# The smallest and largest numbers, those between zero and the smallest normal one, and the zero below zero.
EXTREMES = {
    "float32": np.array([[0x00000001, 0x807FFFFF, 0x7F7FFFFF], [0x80000000, 0x00800000, 0xFF7FFFFF]], dtype=np.uint32),
    "float64": np.array(
        [[1, 0x800FFFFFFFFFFFFF, 0x7FEFFFFFFFFFFFFF], [1 << 63, 1 << 52, (1 << 63) + 1]], dtype=np.uint64
    ),
}


def fixed(matrix) -> pa.Array:
    return pa.FixedSizeListArray.from_arrays(pa.array(matrix.reshape(-1)), matrix.shape[1])


@pytest.mark.parametrize("wrong", [NAN, INF, -INF, None], ids=str)
@pytest.mark.parametrize("form", ["fixed", "list"])
def test_a_parquet_file_with_a_number_that_is_none_is_refused_whole(sender, wrong, form):
    kind = pa.list_(pa.float32(), 3) if form == "fixed" else pa.list_(pa.float32())
    content = parquet(key=["a", "b"], embedding=pa.array([[1.0, 2.0, 3.0], [1.0, wrong, 3.0]], type=kind))
    refused(sender, content)


@pytest.mark.parametrize("wrong", ["NaN", "Infinity", "-Infinity", "null", "1e400", '"1"', "true"])
def test_a_file_of_lines_with_a_number_that_is_none_is_refused_whole(sender, wrong):
    lines = f'{{"key": "a", "embedding": [1, 2, 3]}}\n{{"key": "b", "embedding": [1, {wrong}, 3]}}\n'
    refused(sender, lines.encode())


@pytest.mark.parametrize("wrong", ["NaN", "Infinity", "null", "1e400"])
def test_a_csv_file_with_a_number_that_is_none_is_refused_whole(sender, wrong):
    refused(sender, f'key,embedding\na,"[1, 2, 3]"\nb,"[1, {wrong}, 3]"\n'.encode())


@pytest.mark.parametrize("dtype", EXTREMES)
def test_the_most_extreme_numbers_come_in_bit_for_bit(sender, alice, dtype):
    vectors = EXTREMES[dtype].view(dtype)
    done = sender.bring_in(parquet(key=["a", "b"], embedding=fixed(vectors)), mapping={"embedding": "embedding"})
    assert done["state"] == "DONE", json.dumps(done["errors"])
    url = f"/bulk/v1/embedding-sets/{EmbeddingSet.objects.get().pk}/vectors"
    stored = read_arrow(make_client(alice).get(url))["embedding"].combine_chunks()
    assert stored.values.to_numpy().tobytes() == vectors.tobytes()


def refused(sender, content) -> None:
    found = sender.inspect(content)
    if found["state"] == "READY":
        sender.start(found, mapping={"embedding": "embedding"})
        run_jobs()
        found = sender.look(found["id"])
    assert found["state"] == "FAILED", found
    assert not Datapoint.objects.exists()
    assert not Dataset.objects.exists()
