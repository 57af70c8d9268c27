"""Capturing arrays and scikit-learn pipelines. PyTorch has its own tests in tests/torch."""

from __future__ import annotations

import threading
import time
from typing import Any

import numpy as np
import pytest
from chroma_sdk import ChromaError, ConnectionFailed, InvalidArgument, Report, capture
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


class Notebook:
    """A dataset that writes down what is logged to it."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []

    def log(self, keys, **arguments) -> Report:
        self.calls.append({"keys": keys, **arguments})
        return Report(added=len(keys))


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


@pytest.fixture(scope="module")
def digits():
    return load_digits(return_X_y=True)


@pytest.fixture(scope="module")
def pipeline(digits):
    values, labels = digits
    return make_pipeline(StandardScaler(), PCA(8, random_state=0), LogisticRegression(max_iter=500)).fit(values, labels)


def test_batches_arrive_together_in_order_with_every_fact(notebook):
    vectors = np.arange(40, dtype=np.float32).reshape(10, 4)
    with capture(dataset=notebook, name="net", version="3") as captured:
        for start in range(0, 10, 4):
            rows = slice(start, start + 4)
            keys = [f"k{row}" for row in range(10)][rows]
            captured.describe(keys, labels=["a"] * len(keys), metadata=[{"row": start}] * len(keys))
            captured.activations("fc", vectors[rows])
            captured.inferences(np.full((len(keys), 2), 0.5), classes=["a", "b"])
    (call,) = notebook.calls
    assert call["keys"] == [f"k{row}" for row in range(10)]
    assert (call["model"], call["version"], call["layer"]) == ("net", "3", "fc")
    np.testing.assert_array_equal(call["embeddings"], vectors)
    assert call["probabilities"].shape == (10, 2)
    assert call["classes"] == ["a", "b"]
    assert call["labels"] == ["a"] * 10
    assert call["metadata"][9] == {"row": 8}
    assert captured.report == Report(added=10)


def test_several_layers_are_one_call_each_and_the_facts_go_with_the_first(notebook):
    with capture(dataset=notebook) as captured:
        captured.describe(["a", "b"], labels=["x", "y"])
        captured.activations("conv", np.arange(24, dtype=np.float32).reshape(2, 3, 2, 2))
        captured.activations("fc", np.eye(2, dtype=np.float16))
    first, second = notebook.calls
    assert (first["layer"], second["layer"]) == ("conv", "fc")
    np.testing.assert_array_equal(first["embeddings"], [[1.5, 5.5, 9.5], [13.5, 17.5, 21.5]])
    assert second["embeddings"].dtype == np.float16
    assert "labels" in first
    assert "labels" not in second


@pytest.mark.parametrize(
    ("pool", "expected"),
    [
        ("mean", [[1, 2]]),
        ("max", [[2, 3]]),
        ("first", [[0, 1]]),
        ("flatten", [[0, 1, 2, 3]]),
        (lambda output: output[:, -1], [[2, 3]]),
    ],
)
def test_tokens_are_reduced_as_asked(notebook, pool, expected):
    with capture(dataset=notebook, pool=pool) as captured:
        captured.describe(["a"])
        captured.activations("encoder", np.array([[[0.0, 1.0], [2.0, 3.0]]], dtype=np.float32))
    np.testing.assert_array_equal(notebook.calls[0]["embeddings"], expected)


def test_a_full_buffer_is_sent_while_the_loop_goes_on(notebook):
    with capture(dataset=notebook, buffer_rows=4) as captured:
        for number in range(3):
            captured.describe([f"{number}-{row}" for row in range(4)])
            captured.activations("fc", np.zeros((4, 2)))
        captured.flush()
        wait_until(lambda: captured.report.added == 12)
    assert [len(call["keys"]) for call in notebook.calls] == [4, 4, 4]


def test_the_loop_does_not_wait_for_a_slow_server(notebook):
    opened = threading.Event()
    log = notebook.log
    notebook.log = lambda keys, **arguments: opened.wait(30) and log(keys, **arguments)
    captured = capture(dataset=notebook, buffer_rows=1)
    for number in range(20):
        captured.describe([str(number)])
        captured.activations("fc", np.zeros((1, 2)))
    assert notebook.calls == []
    opened.set()
    captured.close()
    assert len(notebook.calls) == 20


def test_after_an_exception_what_was_complete_has_arrived_and_the_exception_goes_on(notebook):
    def loop() -> None:
        with capture(dataset=notebook) as captured:
            captured.describe(["a", "b"])
            captured.activations("fc", np.ones((2, 2)))
            captured.describe(["c", "d"])
            captured.activations("fc", np.ones((1, 2)))
            raise RuntimeError("out of memory")

    with pytest.raises(RuntimeError, match="out of memory"):
        loop()
    assert [call["keys"] for call in notebook.calls] == [["a", "b"]]


def test_a_server_that_is_gone_is_told_at_the_end_with_the_count(notebook):
    notebook.log = unreachable
    captured = capture(dataset=notebook, buffer_rows=2)
    for number in range(3):
        captured.describe([f"{number}-a", f"{number}-b"])
        captured.activations("fc", np.ones((2, 2)))
    with pytest.raises(ConnectionFailed) as raised:
        captured.close()
    assert "6 captured datapoints were not logged" in raised.value.__notes__[0]


def test_a_server_that_is_gone_does_not_hide_the_loop_s_own_exception(notebook):
    def loop() -> None:
        with capture(dataset=notebook) as captured:
            captured.describe(["a"])
            captured.activations("fc", np.ones((1, 2)))
            raise ZeroDivisionError

    notebook.log = unreachable
    with pytest.raises(ZeroDivisionError) as raised:
        loop()
    assert "1 captured datapoints were not logged" in raised.value.__notes__[0]


def test_another_number_of_vectors_than_keys_is_refused(notebook):
    captured = capture(dataset=notebook)
    captured.describe(["a", "b", "c"])
    captured.activations("fc", np.ones((2, 2)))
    with pytest.raises(InvalidArgument, match=r"3 keys were described, but the layer 'fc' gave 2 vectors"):
        captured.describe(["d"])
    captured.close()
    assert notebook.calls == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"pool": "median"}, "pool: got 'median', wanted mean, max, first, flatten"),
        ({"layers": ["fc"]}, "layers: without a model nothing can be hooked"),
        ({"model": "resnet"}, "model: got str, wanted a PyTorch module"),
        ({"buffer_rows": 0}, "buffer_rows: got 0, wanted at least 1"),
    ],
)
def test_wrong_arguments_are_refused(notebook, arguments, message):
    with pytest.raises(InvalidArgument, match=message):
        capture(arguments.pop("model", None), dataset=notebook, **arguments)


def test_logits_are_no_probabilities(notebook):
    with capture(dataset=notebook) as captured:
        captured.describe(["a"])
        with pytest.raises(InvalidArgument, match="apply softmax first"):
            captured.inferences([[2.5, -1.0]], classes=["x", "y"])
        captured.inferences([1], classes=["x", "y"], confidences=[0.9])
    assert notebook.calls[0]["inferences"] == ["y"]


def test_what_comes_before_describe_is_refused(notebook):
    with capture(dataset=notebook) as captured:
        with pytest.raises(InvalidArgument, match=r"before describe\(keys\)"):
            captured.activations("fc", np.ones((1, 2)))
        with pytest.raises(InvalidArgument, match=r"before describe\(keys\)"):
            captured.inferences(["x"])
    with pytest.raises(ChromaError, match="closed"):
        captured.describe(["a"])


def test_a_pipeline_gives_its_steps_and_its_predictions(notebook, digits, pipeline):
    values, labels = digits
    with capture(pipeline, layers=["pca"], dataset=notebook) as captured:
        captured.describe([f"digit-{row}" for row in range(50)], labels=labels[:50])
        probabilities = pipeline.predict_proba(values[:50])
    (call,) = notebook.calls
    assert call["model"] == "Pipeline"
    np.testing.assert_allclose(call["embeddings"], pipeline[:-1].transform(values[:50]))
    np.testing.assert_allclose(call["probabilities"], probabilities, atol=1e-6)
    assert call["classes"] == [str(digit) for digit in range(10)]
    pipeline.predict(values[:5])
    assert "transform" not in vars(pipeline["pca"])
    assert len(notebook.calls) == 1


def test_a_step_that_is_not_there_is_refused_and_nothing_stays_patched(notebook, pipeline):
    with pytest.raises(InvalidArgument, match=r"no step 'umap' that transforms; it has standardscaler, pca"):
        capture(pipeline, layers=["pca", "umap"], dataset=notebook)
    assert "transform" not in vars(pipeline["pca"])


def unreachable(keys, **arguments):
    raise ConnectionFailed("The server was not reached.")


def wait_until(is_true) -> None:
    deadline = time.monotonic() + 10
    while not is_true():
        assert time.monotonic() < deadline
        time.sleep(0.01)
