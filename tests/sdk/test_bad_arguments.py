"""Bad arguments raise before any request and name the argument, what was got and what is wanted."""

from __future__ import annotations

import chroma_sdk as chroma
import numpy as np
import pandas as pd
import pytest

pytestmark = pytest.mark.holds(40)

GOOD = np.zeros((3, 4), dtype=np.float32)
NAN = GOOD.copy()
NAN[1, 2] = np.nan
INFINITE = GOOD.copy()
INFINITE[0, 0] = np.inf

CASES = [
    ({"keys": ["a", "b", "a"]}, r"keys: 'a' is there more than once, first in rows 0 and 2"),
    ({"keys": ["a", None, "b"]}, r"keys: row 1 is None"),
    ({"keys": ["a", "", "b"]}, r"keys: row 1 is empty"),
    ({"keys": ["a", "b" * 201, "c"]}, r"keys: row 1 has 201 characters; at most 200"),
    ({"keys": [1.5, 2.5, 3.5]}, r"keys: got numbers with decimals, wanted strings"),
    ({"keys": "abc"}, r"keys: got str, wanted a sequence"),
    ({"keys": ["a", ("b",), "c"]}, r"keys: row 1 is of type tuple"),
    ({"keys": np.zeros((3, 2))}, r"keys: got shape \(3, 2\), wanted \(3,\)"),
    ({"keys": ["a", "b\n", "c"]}, r"keys: row 1 holds a control character"),
    ({"texts": ["a", "b" * 100_001, "c"]}, r"texts: row 1 has 100,001 characters; at most 100,000"),
    ({"metadata": {"a": ["b" * 10_001, None, "c"]}}, r"metadata\['a'\]: row 0 has 10,001 characters"),
    ({"embeddings": np.zeros((3, 1))}, r"embeddings: got 1 numbers a vector, wanted 2 to 16,384"),
    ({"labels": ["x", "y"]}, r"labels: got 2 values for 3 keys"),
    ({"labels": ["x", {}, "z"]}, r"labels: row 1 is of type dict"),
    ({"labels": ["x", " ", "z"]}, r"labels: row 1 is empty"),
    ({"labels": ["x", "y" * 201, "z"]}, r"labels: row 1 has 201 characters"),
    ({"labels": [b"x", b"y", b"z"]}, r"labels: got values of type binary"),
    ({"embeddings": np.zeros((2, 4))}, r"embeddings: got shape \(2, 4\), wanted \(3, d\)"),
    ({"embeddings": np.zeros(3)}, r"embeddings: got shape \(3,\), wanted \(3, d\)"),
    ({"embeddings": np.zeros((3, 0))}, r"embeddings: got 0 numbers a vector"),
    ({"embeddings": np.zeros((3, 4), int)}, r"embeddings: got int64, wanted float16, float32"),
    ({"embeddings": np.zeros((3, 4), complex)}, r"embeddings: got complex128"),
    ({"embeddings": NAN}, r"embeddings: row 1, column 2 is nan; numbers must be finite"),
    ({"embeddings": INFINITE}, r"embeddings: row 0, column 0 is inf"),
    ({"embeddings": [[1.0, 2], [3.0], [4.0, 5]]}, r"embeddings: row 1 has 1 numbers, but row 0 has 2"),
    ({"embeddings": [[1.0], None, [2.0]]}, r"embeddings: row 1 is not a row of numbers"),
    ({"embeddings": [["a"], ["b"], ["c"]]}, r"embeddings: row 0 is not a row of numbers"),
    ({"confidences": [0.1, 0.2, 0.3]}, r"confidences: they need inferences"),
    (
        {"inferences": ["x"] * 3, "confidences": [0.1, 1.2, 0.3]},
        r"confidences: row 1 is 1.2",
    ),
    (
        {"inferences": ["x"] * 3, "confidences": [0.1, 0.2]},
        r"confidences: got shape \(2,\), wanted \(3,\)",
    ),
    ({"inferences": ["x"] * 3, "confidences": ["a"] * 3}, r"confidences: wanted numbers"),
    ({"probabilities": GOOD}, r"classes: probabilities need the names"),
    ({"classes": ["x"]}, r"classes: they name the columns of probabilities"),
    (
        {"probabilities": GOOD, "classes": ["x", "y"]},
        r"probabilities: got shape \(3, 4\), wanted \(3, 2\)",
    ),
    ({"probabilities": GOOD, "classes": ["x", "y", "z", "x"]}, r"classes: a name is there twice"),
    ({"probabilities": GOOD - 1, "classes": list("wxyz")}, r"probabilities: row 0, column 0 is -1"),
    (
        {"probabilities": GOOD, "classes": list("wxyz"), "inferences": ["w", "q", "w"]},
        r"inferences: row 1 is 'q', which is none of the classes",
    ),
    ({"metadata": [{"a": 1}]}, r"metadata: got 1 dicts for 3 keys"),
    ({"metadata": {"a": [1, 2]}}, r"metadata\['a'\]: got 2 values for 3 keys"),
    ({"metadata": {"a": [1, "x", 2]}}, r"metadata\['a'\]: .*int in row 0, str in row 1"),
    ({"metadata": {"a": [1.0, np.inf, 2]}}, r"metadata\['a'\]: row 1 is inf"),
    ({"metadata": {"a": [[1], [2], [3]]}}, r"metadata\['a'\]: got values of type list"),
    ({"metadata": {"": [1, 2, 3]}}, r"metadata: '' is no name"),
    ({"metadata": [1, 2, 3]}, r"metadata: row 0 is of type int, wanted a dict"),
    ({"metadata": 5}, r"metadata: got int, wanted a list of dicts"),
    ({"metadata": pd.DataFrame({"a": [1, 2]})}, r"metadata\['a'\]: got 2 values"),
    ({"files": ["/no/such.png", None, None]}, r"files: row 0: there is no file '/no/such.png'"),
    ({"files": [b"", None, None]}, r"files: row 0 has 0 bytes"),
    ({"files": [b"x" * (15 * 2**20 + 1), None, None]}, r"files: row 0 has 15,728,641 bytes"),
    ({"files": [3, None, None]}, r"files: row 0 is of type int, wanted a local path, bytes"),
    ({"files": [b"x"]}, r"files: got 1 files for 3 keys"),
    (
        {"files": [np.zeros((3, 8, 8), np.uint8), None, None]},
        r"files: row 0: got an image of shape \(3, 8, 8\).*transpose\(1, 2, 0\)",
    ),
    (
        {"files": [np.full((8, 8), 16.0), None, None]},
        r"files: row 0: got an image of floats outside 0 to 1",
    ),
    ({"files": [np.zeros((8, 8), int), None, None]}, r"files: row 0: got an image of int64"),
    (
        {"files": [b"x", None, None], "texts": ["t", None, None]},
        r"files: row 0 has files and texts; a datapoint stands for one",
    ),
    ({"uris": ["u", None, None], "texts": chroma.CLEAR}, r"uris: row 0 has uris and CLEAR"),
    ({"model": "m" * 101}, r"model: got 'm+', wanted a name of 1 to 100 characters"),
    ({"layer": " "}, r"layer: got ' ', wanted a name of 1 to 100 characters"),
]


@pytest.mark.parametrize(("arguments", "sentence"), CASES)
def test_a_bad_argument_is_refused_before_any_request(silent_dataset, arguments, sentence):
    with pytest.raises(chroma.InvalidArgument, match=f"^{sentence}") as raised:
        silent_dataset.log(**{"keys": ["a", "b", "c"], **arguments})
    assert isinstance(raised.value, ValueError)


def test_a_kind_that_is_none_is_refused_before_any_request(silent_dataset):
    project = chroma.Project(
        silent_dataset._connection,
        {
            "id": "p1",
            "name": "MNIST",
            "fullName": "alice/MNIST",
            "description": "",
            "datapointCount": 0,
            "myRole": "OWNER",
        },
    )
    with pytest.raises(chroma.InvalidArgument, match="wanted one of training, test, validation, production, other"):
        project.dataset("train", kind="trainig")
    with pytest.raises(chroma.InvalidArgument, match="datasets: wanted a list of at least one Dataset"):
        project.run_projection(["train"])
    with pytest.raises(chroma.InvalidArgument, match="positions: they go with method='precomputed'"):
        project.run_projection([silent_dataset], method="precomputed")
