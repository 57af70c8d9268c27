"""Bad data is refused with row, key, column and what is allowed, and changes nothing."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from django.apps import apps

from apps.datasets.models import Upload, UploadChunk
from tests.logging.upload import stream_of, table_of

NAN, INF = float("nan"), float("inf")
VECTORS = np.ones((2, 3), dtype=np.float32)
AB = {"key": ["a", "b"]}
INFERRED = {"key": ["a"], "inference": ["cat"]}


def with_value(value, dtype=np.float32):
    vectors = VECTORS.astype(dtype)
    vectors[1, 2] = value
    return vectors


def everything_stored():
    """How many rows there are of everything that a log may write."""
    models = [
        model
        for label in ("datasets", "lineage", "embeddings", "projects")
        for model in apps.get_app_config(label).get_models()
    ]
    return {model.__name__: model.objects.count() for model in models if model not in {Upload, UploadChunk}}


@pytest.fixture
def stored(uploader):
    """Two datapoints with everything, to be left alone."""
    uploader.log(AB | {"label": ["cat", "dog"], "metadata:n": pa.array([1, 2]), "embedding": VECTORS})
    return everything_stored()


REFUSED = {
    "null key": ({"key": ["a", None]}, "Row 1, column 'key'", "needs a key"),
    "empty key": ({"key": ["a", ""]}, "Row 1 (key ''), column 'key'", "1 to 200 characters"),
    "long key": ({"key": ["a", "k" * 201]}, "Row 1", "1 to 200 characters"),
    "key with a line break": ({"key": ["a", "b\n"]}, "Row 1", "control character"),
    "duplicate key": ({"key": ["a", "b", "a"]}, "Row 2 (key 'a'), column 'key'", "row 0 has the same key"),
    "no key": ({"label": ["cat"]}, "column 'key'", "missing"),
    "number as key": ({"key": pa.array([1, 2])}, "'key'", "must be string, not int64"),
    "unknown column": ({"key": ["a"], "colour": ["red"]}, "'colour'", "no column"),
    "empty label": (AB | {"label": [None, ""]}, "Row 1 (key 'b'), column 'label'", "1 to 200"),
    "long label": ({"key": ["a"], "label": ["x" * 201]}, "Row 0 (key 'a'), column 'label'", "1 to 200"),
    "label with a null character": ({"key": ["a"], "label": ["x\0"]}, "Row 0", "U+0000"),
    "label with a direction mark": ({"key": ["a"], "label": ["x\u202ey"]}, "Row 0", "U+202E"),
    "binary label": ({"key": ["a"], "label": pa.array([b"x"])}, "'label'", "must be string"),
    "confidence above 1": (INFERRED | {"confidence": [1.5]}, "column 'confidence'", "0 … 1"),
    "confidence below 0": (INFERRED | {"confidence": [-0.1]}, "column 'confidence'", "0 … 1"),
    "confidence NaN": (INFERRED | {"confidence": [NAN]}, "column 'confidence'", "finite"),
    "confidence alone": ({"key": ["a"], "confidence": [0.5]}, "column 'confidence'", "belongs to no inference"),
    "confidence as double": (
        INFERRED | {"confidence": pa.array([0.5])}, "'confidence'", "must be float32, not double",
    ),
    "probabilities without classes": (AB | {"probabilities": VECTORS}, "'probabilities'", "classes"),
    "two resources": ({"key": ["a"], "text": ["t"], "uri": ["https://x.org"]}, "Row 0 (key 'a')", "more than one"),
    "unknown file": ({"key": ["a"], "file": ["0" * 64]}, "Row 0 (key 'a'), column 'file'", "no file"),
    "script as URI": ({"key": ["a"], "uri": ["javascript:alert(1)"]}, "column 'uri'", "must be http"),
    "root not granted": ({"key": ["a"], "uri": ["root:photos/a.png"]}, "column 'uri'", "resource root"),
    "NaN in metadata": (AB | {"metadata:x": pa.array([1.0, NAN])}, "Row 1 (key 'b'), column 'metadata:x'", "NaN"),
    "text among numbers": ({"key": ["a"], "metadata:n": pa.array(["x"])}, "'n'", "holds whole numbers, not texts"),
    "fraction among whole numbers": ({"key": ["a"], "metadata:n": pa.array([1.5])}, "Row 0 (key 'a')", "whole number"),
    "long metadata text": ({"key": ["a"], "metadata:t": pa.array(["x" * 10_001])}, "Row 0", "10,000"),
    "metadata as a struct": ({"key": ["a"], "metadata:s": pa.array([{"a": 1}])}, "'metadata:s'", "must be float64"),
    "metadata as a time": (
        {"key": ["a"], "metadata:s": pa.array([0], type=pa.timestamp("s"))}, "'metadata:s'", "must be float64",
    ),
    "metadata without a name": ({"key": ["a"], "metadata:": pa.array([1])}, "metadata key", "1 to 100"),
    "unknown clearing": ({"key": ["a"], "clear": [["labels"]]}, "Row 0 (key 'a'), column 'clear'", "label, resource"),
    "null clearing": ({"key": ["a"], "clear": [[None]]}, "Row 0 (key 'a'), column 'clear'", "label, resource"),
    "label given and cleared": ({"key": ["a"], "label": ["x"], "clear": [["label"]]}, "Row 0", "given and cleared"),
    "metadata given and cleared": (
        {"key": ["a"], "metadata:n": pa.array([1]), "clear": [["metadata:n"]]}, "Row 0", "both given and cleared",
    ),
    "NaN in a vector": (AB | {"embedding": with_value(NAN)}, "Row 1 (key 'b'), column 'embedding'", "at 2 is NaN"),
    "infinity in a vector": (AB | {"embedding": with_value(-INF, np.float64)}, "Row 1", "NaN or infinite"),
    "null in a vector": (
        AB | {"embedding": pa.array([[1, 2, 3], [1, None, 3]], type=pa.list_(pa.float32(), 3))},
        "Row 1 (key 'b'), column 'embedding'", "null",
    ),
    "null vector": (
        AB | {"embedding": pa.array([[1, 2, 3], None], type=pa.list_(pa.float32(), 3))}, "Row 1", "null",
    ),
    "ragged vectors": (
        AB | {"embedding": pa.array([[1.0, 2.0], [1.0]])}, "'embedding'", "fixed_size_list",
    ),
    "whole numbers as vectors": (
        AB | {"embedding": pa.array([[1, 2, 3], [4, 5, 6]], type=pa.list_(pa.int32(), 3))},
        "'embedding'", "float16, float32 or float64",
    ),
    "another dimension": (
        AB | {"embedding": np.ones((2, 4), dtype=np.float32)}, "layer default", "3 dimensions of float32",
    ),
    "another dtype": (AB | {"embedding": VECTORS.astype(np.float64)}, "layer default", "of float64"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
@pytest.mark.holds(25, 28)
def test_bad_data_is_refused_and_changes_nothing(uploader, stored, case):
    columns, where, why = REFUSED[case]
    answer = uploader.try_log(columns)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (422, "BAD_USER_INPUT"), error
    assert where in error["message"], error
    assert why in error["message"], error
    assert everything_stored() == stored


def test_probabilities_are_checked(uploader, stored):
    for values, why in [([[0.5, 1.5]], "0 … 1"), ([[NAN, 0.5]], "finite"), ([[-0.5, 0.5]], "0 … 1")]:
        columns = {"key": ["a"], "probabilities": np.array(values, dtype=np.float32)}
        answer = uploader.try_log(columns, classes=["cat", "dog"])
        assert answer.status_code == 422
        assert why in answer.json()["error"]["message"]
    columns = {"key": ["a"], "probabilities": np.array([[0.2, 0.3, 0.5]], dtype=np.float32)}
    assert uploader.try_log(columns, classes=["cat", "dog"]).status_code == 422
    assert everything_stored() == stored


def test_other_classes_need_another_version(uploader):
    columns = {"key": ["a"], "probabilities": np.array([[0.2, 0.8]], dtype=np.float32)}
    uploader.log(columns, classes=["cat", "dog"])
    answer = uploader.try_log(columns, classes=["dog", "cat"])
    assert answer.status_code == 422
    assert "cat, dog" in answer.json()["error"]["message"]
    assert uploader.log(columns, classes=["dog", "cat"], version="2")["updated"] == 1


def test_texts_are_not_labels(uploader, stored):
    count = 10_001
    columns = {"key": [f"k{row}" for row in range(count)], "label": [f"text {row}" for row in range(count)]}
    answer = uploader.try_log(columns)
    assert answer.status_code == 422
    assert "looks like text" in answer.json()["error"]["message"]
    assert everything_stored() == stored


def test_a_dictionary_that_unpacks_to_too_much_is_refused(uploader, stored):
    bomb = pa.DictionaryArray.from_arrays(pa.array([0] * 20_000, type=pa.int32()), pa.array(["x" * 9_000]))
    answer = uploader.try_log({"key": [f"k{row}" for row in range(20_000)], "metadata:t": bomb})
    assert answer.status_code == 422
    assert "bytes of text" in answer.json()["error"]["message"]
    assert everything_stored() == stored


def refused_stream(uploader, content, row_count=2, **declared):
    answer = uploader.upload(content, row_count, **declared)
    assert answer.status_code in {415, 422}, answer.content
    return answer.json()["error"]["message"]


@pytest.mark.holds(26)
def test_the_stream_must_be_exactly_what_was_declared(uploader, stored):
    table = table_of(AB | {"label": ["x", "y"]})
    content = stream_of(table)
    assert "3 rows were declared, 2 are" in refused_stream(uploader, content, row_count=3)
    assert "follow the end" in refused_stream(uploader, content + b"garbage!")
    assert "cut off" in refused_stream(uploader, content[:-8])
    assert "cut off" in refused_stream(uploader, content[: len(content) // 2])
    assert "compressed" in refused_stream(
        uploader, stream_of(table, options=pa.ipc.IpcWriteOptions(compression="zstd"))
    )
    assert "compressed" in refused_stream(uploader, stream_of(table, options=pa.ipc.IpcWriteOptions(compression="lz4")))
    assert "Parquet" in refused_stream(uploader, b"PAR1" + b"\0" * 100)
    assert ".npy" in refused_stream(uploader, b"\x93NUMPY" + b"\0" * 100)
    assert "not a valid Arrow" in refused_stream(uploader, b"\0" * 100)
    assert everything_stored() == stored


def test_a_column_that_is_there_twice_is_refused(uploader, stored):
    table = pa.Table.from_arrays([pa.array(["c"]), pa.array(["x"]), pa.array(["y"])], names=["key", "label", "label"])
    assert "more than once" in refused_stream(uploader, stream_of(table), row_count=1)
    assert everything_stored() == stored


@pytest.mark.holds(26)
def test_a_table_cut_between_two_batches_is_refused(uploader, stored):
    table = table_of({"key": [f"k{row}" for row in range(300)]})
    content = stream_of(pa.Table.from_batches(table.to_batches(max_chunksize=100)))
    whole = stream_of(table.slice(0, 100))
    assert "cut off" in refused_stream(uploader, whole[:-8], row_count=300)
    assert "300 rows were declared, 100 are" in refused_stream(uploader, whole, row_count=300)
    assert uploader.upload(content, 300).json()["report"]["added"] == 300


@pytest.mark.holds(26)
def test_every_single_damage_of_a_stream_is_refused_or_harmless(uploader, dataset):
    """A flipped bit never ends in a server error."""
    table = table_of(AB | {"label": ["x", "y"], "metadata:n": pa.array([1, 2]), "embedding": VECTORS})
    content = stream_of(table)
    random = np.random.default_rng(3)
    for position in random.choice(len(content), 30, replace=False):
        damaged = bytearray(content)
        damaged[position] ^= 1 << random.integers(8)
        assert uploader.upload(bytes(damaged), 2, dimension=3).status_code in {200, 415, 422}


@pytest.mark.parametrize(
    "columns",
    [
        {"key": ["k" * 100_000]},
        {"key": ["c"], "clear": [["k" * 100_000]]},
        {"key": ["c"], "metadata:" + "k" * 100_000: ["x"]},
        {"key": ["c"], "file": ["k" * 100_000]},
    ],
    ids=["key", "clear", "column", "file"],
)
def test_a_refusal_does_not_repeat_all_that_was_sent(uploader, stored, columns):
    answer = uploader.try_log(columns)
    assert answer.status_code == 422
    assert len(answer.content) < 2_000
    assert everything_stored() == stored
