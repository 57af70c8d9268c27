from __future__ import annotations

import datetime as dt
import io

import chroma_sdk as chroma
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from chroma_sdk._batch import make_batch
from chroma_sdk._png import encode_png
from chroma_sdk._stream import session_stream
from PIL import Image


class Tensor:
    """What the SDK uses of a torch tensor."""

    def __init__(self, values, dtype="torch.float32"):
        self.values = np.asarray(values)
        self.dtype = dtype

    def __len__(self):
        return len(self.values)

    def __iter__(self):
        return (Tensor(row, self.dtype) for row in self.values)

    def detach(self):
        return self

    def cpu(self):
        return self

    def float(self):
        return Tensor(self.values.astype(np.float32))

    def numpy(self):
        assert "bfloat16" not in self.dtype, "numpy has no bfloat16"
        return self.values


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        pytest.param(["7", None, "1"], ["7", None, "1"], id="list"),
        pytest.param((7, None, 1), ["7", None, "1"], id="integers"),
        pytest.param(["7", 1, True], ["7", "1", "true"], id="mixed"),
        pytest.param(np.array([7, 0, 1]), ["7", "0", "1"], id="numpy-integers"),
        pytest.param(np.array(["a", "b", "c"]), ["a", "b", "c"], id="numpy-strings"),
        pytest.param(np.array(["a", None, "c"], dtype=object), ["a", None, "c"], id="numpy-objects"),
        pytest.param([np.str_("a"), np.int64(3), np.nan], ["a", "3", None], id="numpy-scalars"),
        pytest.param(pd.Series([7.0, None, 1.0]), ["7", None, "1"], id="pandas-integers-with-a-gap"),
        pytest.param(pd.Series(["a", None, "c"]), ["a", None, "c"], id="pandas-strings"),
        pytest.param(pd.Series(["a", "b", "a"], dtype="category"), ["a", "b", "a"], id="pandas-categories"),
        pytest.param(pd.Series([7, 0, 1], index=[5, 6, 7]), ["7", "0", "1"], id="pandas-other-index"),
        pytest.param(pa.array(["a", None, "c"], pa.large_string()), ["a", None, "c"], id="arrow-large"),
        pytest.param(pa.chunked_array([["a"], ["b", "c"]]), ["a", "b", "c"], id="arrow-chunks"),
        pytest.param(pa.array(["a", "b", "a"]).dictionary_encode(), ["a", "b", "a"], id="arrow-dictionary"),
        pytest.param(Tensor([7, 0, 1]), ["7", "0", "1"], id="torch"),
        pytest.param([None, None, None], [None, None, None], id="nothing"),
    ],
)
def test_labels_come_in_many_forms(values, wanted):
    assert make_batch(keys=["a", "b", "c"], labels=values).columns["label"].to_pylist() == wanted


VECTORS = np.arange(12, dtype=np.float32).reshape(3, 4) / 7


@pytest.mark.parametrize(
    "values",
    [
        pytest.param(VECTORS, id="numpy"),
        pytest.param(VECTORS.astype(np.float16), id="numpy-float16"),
        pytest.param(VECTORS.astype(np.float64), id="numpy-float64"),
        pytest.param(VECTORS.astype(">f4"), id="big-endian"),
        pytest.param(np.asfortranarray(VECTORS), id="column-order"),
        pytest.param(VECTORS.tolist(), id="lists"),
        pytest.param(list(VECTORS), id="list-of-arrays"),
        pytest.param([Tensor(row) for row in VECTORS], id="list-of-tensors"),
        pytest.param(Tensor(VECTORS), id="torch"),
        pytest.param(Tensor(VECTORS.astype(np.float16).astype(np.float32), "torch.bfloat16"), id="torch-bfloat16"),
        pytest.param(pd.DataFrame(VECTORS), id="pandas-frame"),
        pytest.param(pd.Series(list(VECTORS)), id="pandas-series"),
        pytest.param(pa.FixedSizeListArray.from_arrays(pa.array(VECTORS.ravel()), 4), id="arrow-fixed"),
        pytest.param(pa.array(VECTORS.tolist(), pa.list_(pa.float32())), id="arrow-lists"),
        pytest.param(pa.chunked_array([pa.array(VECTORS.tolist(), pa.list_(pa.float32()))]), id="arrow-chunks"),
    ],
)
def test_embeddings_come_in_many_forms_and_keep_their_bits(values):
    stored = make_batch(keys=[1, 2, 3], embeddings=values).vectors
    given = (
        values.values
        if isinstance(values, Tensor)
        else np.asarray(values.to_pylist() if hasattr(values, "to_pylist") else VECTORS)
    )
    assert stored.dtype in (np.float16, np.float32, np.float64)
    assert np.array_equal(stored, given.astype(stored.dtype))


def test_the_stream_of_a_session_holds_what_was_given():
    batch = make_batch(
        keys=["a", "b", "c", "d"],
        labels=["x", chroma.CLEAR, None, "y"],
        inferences=["x", "x", "y", None],
        confidences=[0.5, None, 1, float("nan")],
        metadata=[{"n": 1}, {"n": chroma.CLEAR, "s": "t"}, None, chroma.CLEAR],
        embeddings=np.eye(4, dtype=np.float16),
    )
    with pa.ipc.open_stream(session_stream(batch, 1, 4, None)) as reader:
        table = reader.read_all()
    assert table.to_pydict() == {
        "key": ["b", "c", "d"],
        "label": [None, None, "y"],
        "inference": ["x", "y", None],
        "confidence": [None, 1.0, None],
        "metadata:n": [None, None, None],
        "metadata:s": ["t", None, None],
        "embedding": [[0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]],
        "clear": [["label", "metadata:n"], [], ["metadata"]],
    }
    assert table.schema.field("embedding").type == pa.list_(pa.float16(), 4)
    assert table.schema.field("confidence").type == pa.float32()


REST = {"x": [0.5, None, None], "b": [True, None, None], "s": ["u", None, None]}


@pytest.mark.parametrize(
    "metadata",
    [
        pytest.param([{"n": 1, "x": 0.5, "b": True, "s": "u"}, None, {"n": 3}], id="dicts"),
        pytest.param({"n": [1, None, 3], **REST}, id="dict"),
        pytest.param({"n": [1, None, 3], **REST, "x": np.array([0.5, np.nan, np.nan])}, id="nan"),
        pytest.param(pa.table({"n": pa.array([1, None, 3], pa.int8()), **REST}), id="arrow"),
        pytest.param(pd.DataFrame({"n": pd.array([1, None, 3], "Int64"), **REST}), id="pandas"),
    ],
)
def test_metadata_comes_in_many_forms(metadata):
    columns = make_batch(keys=[1, 2, 3], metadata=metadata).columns
    assert {name: column.to_pylist() for name, column in columns.items()} == {
        "metadata:n": [1, None, 3],
        "metadata:x": [0.5, None, None],
        "metadata:b": [True, None, None],
        "metadata:s": ["u", None, None],
    }
    assert [str(column.type) for column in columns.values()] == ["int64", "double", "bool", "string"]


def test_dates_in_metadata_become_strings():
    columns = make_batch(keys=[1], metadata=[{"day": dt.date(2026, 11, 23)}]).columns
    assert columns["metadata:day"].to_pylist() == ["2026-11-23"]


def test_clear_for_a_whole_argument_means_every_row():
    batch = make_batch(
        keys=[1, 2], labels=chroma.CLEAR, texts=chroma.CLEAR, metadata={"a": chroma.CLEAR}, embeddings=chroma.CLEAR
    )
    assert {name: mask.to_pylist() for name, mask in batch.cleared.items()} == {
        "label": [True, True],
        "resource": [True, True],
        "metadata:a": [True, True],
        "embedding": [True, True],
    }


def test_inferences_and_confidences_follow_from_probabilities():
    probabilities = np.array([[0.2, 0.8], [0.9, 0.1]])
    columns = make_batch(keys=[1, 2], probabilities=probabilities, classes=["cat", "dog"]).columns
    assert columns["inference"].to_pylist() == ["dog", "cat"]
    assert columns["confidence"].to_pylist() == pytest.approx([0.8, 0.9])


def test_the_confidence_of_a_given_inference_is_its_own_probability():
    probabilities = np.array([[0.2, 0.8], [0.9, 0.1]])
    batch = make_batch(keys=[1, 2], inferences=["cat", None], probabilities=probabilities, classes=["cat", "dog"])
    assert batch.columns["confidence"].to_pylist() == [pytest.approx(0.2), None]


@pytest.mark.parametrize(
    "pixels",
    [
        pytest.param(np.arange(35, dtype=np.uint8).reshape(5, 7) * 7, id="grey"),
        pytest.param(np.arange(35, dtype=np.uint8).reshape(5, 7, 1) * 7, id="grey-with-channel"),
        pytest.param(np.arange(105, dtype=np.uint8).reshape(5, 7, 3), id="colour"),
        pytest.param(np.arange(140, dtype=np.uint8).reshape(5, 7, 4), id="transparent"),
    ],
)
def test_an_array_becomes_a_png_with_the_same_pixels(pixels):
    with Image.open(io.BytesIO(encode_png(pixels))) as image:
        assert image.format == "PNG"
        assert np.array_equal(np.asarray(image).reshape(pixels.shape), pixels)


def test_floats_and_booleans_become_0_to_255():
    for pixels in (np.array([[0.0, 1.0]]), np.array([[False, True]])):
        with Image.open(io.BytesIO(encode_png(pixels))) as image:
            assert np.asarray(image).tolist() == [[0, 255]]
