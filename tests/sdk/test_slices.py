"""Slices, against a real server process."""

from __future__ import annotations

import chroma_sdk as chroma
import numpy as np
import pytest
from chroma_sdk._bitmap import rows_of
from pyroaring import BitMap

KEYS = [f"k{row}" for row in range(8)]


@pytest.fixture
def mnist(client_of, alice) -> chroma.Project:
    project = client_of(alice).project("MNIST")
    for name in ("train", "test"):
        project.dataset(name).log(
            KEYS,
            labels=["x", "y"] * 4,
            inferences=["x"] * 8,
            confidences=np.arange(8) / 10,
            metadata={"day": range(8)},
            model="cnn",
            version="1",
        )
    return project


def test_a_frozen_slice_keeps_its_datapoints(mnist):
    train = mnist.dataset("train")
    hard = mnist.create_slice("hard", keys={train: ["k3", "k1"]}, description="look again")
    assert (hard.is_frozen, hard.datapoint_count, hard.description) == (True, 2, "look again")
    assert mnist.slice("hard").keys() == ["k1", "k3"]
    assert {name: rows.tolist() for name, rows in hard.rows().items()} == {"train": [1, 3]}
    both = mnist.create_slice("both", keys={"train": ["k0"], "test": ["k1", "k2"]})
    assert both.keys() == {"train": ["k0"], "test": ["k1", "k2"]}
    assert both.keys("test") == ["k1", "k2"]
    assert both.keys("other") == []
    hard.rename("harder").describe("")
    assert [each.name for each in mnist.slices()] == ["both", "harder"]
    both.delete()
    assert [each.name for each in mnist.slices()] == ["harder"]


def test_a_rule_with_names_is_evaluated_anew(mnist):
    train = mnist.dataset("train")
    unsure = mnist.create_slice(
        "unsure",
        filters=[
            {"field": "dataset", "only": ["train"]},
            {"field": "label", "only": ["y"]},
            {"field": "confidence:cnn 1", "range": [0.2, None]},
            {"field": "metadata:day", "range": [0, 5]},
        ],
    )
    assert not unsure.is_frozen
    assert unsure.keys() == ["k3", "k5"]
    train.set_labels({"k4": "y"})
    assert mnist.slice("unsure").keys() == ["k3", "k4", "k5"]
    assert mnist.create_slice("copy", rule=unsure.rule).freeze().keys() == ["k3", "k4", "k5"]
    train.set_labels({"k4": "x"})
    assert mnist.slice("unsure").keys() == ["k3", "k5"]
    assert mnist.slice("copy").keys() == ["k3", "k4", "k5"]
    train.tag("odd", keys=["k1"])
    assert mnist.create_slice("odd", filters=[{"field": "tag", "only": ["odd"]}]).keys() == ["k1"]


def test_a_model_can_be_trained_on_a_slice(mnist):
    hard = mnist.create_slice("hard", keys={"train": ["k1"]})
    made = mnist.model("cnn").create_version("2", trained_on=hard)
    assert made.trained_on == "hard"
    assert mnist.slice("hard").trained_models == ["cnn 2"]
    assert made.set_trained_on(None).trained_on is None


def test_wrong_slices_are_refused_and_none_is_made(mnist):
    for arguments, error, message in (
        ({}, chroma.InvalidArgument, "keys: wanted exactly one of keys, filters and rule"),
        ({"keys": ["k1"]}, chroma.InvalidArgument, "keys: got list, wanted a dict of dataset to keys"),
        ({"keys": {"exam": ["k1"]}}, chroma.NotFound, "has no dataset 'exam'; it has test, train"),
        ({"keys": {"train": ["nobody"]}}, chroma.ServerError, "nobody"),
        ({"filters": ["label"]}, chroma.InvalidArgument, r"filters\[0\]: got 'label', wanted a dict such as"),
        ({"filters": [{"field": "label", "only": ["q"]}]}, chroma.NotFound, "has no category 'q'; it has x, y"),
        (
            {"filters": [{"field": "agreement:vit 1", "only": ["agree"]}]},
            chroma.InvalidArgument,
            "'vit 1'; it has cnn 1",
        ),
        ({"filters": [{"field": "metadata:day", "range": [5]}]}, chroma.BadInput, "range"),
    ):
        with pytest.raises(error, match=message):
            mnist.create_slice("wrong", **arguments)
    assert mnist.slices() == []


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [0],
        [3, 70_000, 70_001, 9_000_000],
        range(100_000),
        range(0, 200_000, 3),
        [*range(5_000), *range(70_000, 80_000, 2), 4_000_000_000],
        [*range(0, 400_000, 70_000), *range(1_000_000, 1_001_000)],
    ],
)
@pytest.mark.parametrize("runs", [True, False])
def test_bitmaps_are_read_as_they_were_written(rows, runs):
    bitmap = BitMap(rows)
    if runs:
        bitmap.run_optimize()
    assert rows_of(bitmap.serialize()).tolist() == list(rows)
