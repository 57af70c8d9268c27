from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from apps.datasets.models import Category, Datapoint, Dataset, MetadataField, ResourceRootGrant
from apps.embeddings.models import EmbeddingSet
from apps.lineage.models import InferenceSet
from apps.projects.models import AuditEntry, Change
from tests.logging.upload import dense, read_arrow


def names(ids):
    known = dict(Category.objects.values_list("id", "name"))
    return [known.get(each) for each in ids]


def test_everything_that_is_logged_reads_back(uploader, dataset):
    vectors = np.random.default_rng(0).normal(size=(3, 5)).astype(np.float32)
    probabilities = np.array([[0.1, 0.9], [0.7, 0.3], [0.5, 0.5]], dtype=np.float32)
    report = uploader.log(
        {
            "key": ["a", "b", "c"],
            "label": ["cat", None, "dog"],
            "inference": ["dog", "cat", None],
            "confidence": [0.9, 0.7, None],
            "probabilities": probabilities,
            "text": ["hello", None, "ä\n€"],
            "uri": [None, "https://example.org/b.png", None],
            "metadata:age": pa.array([1, None, 3]),
            "metadata:size": pa.array([0.5, 1.5, None]),
            "metadata:seen": pa.array([True, False, None]),
            "metadata:who": pa.array(["x", None, ""]),
            "embedding": vectors,
        },
        model="cnn",
        version="2026-11",
        layer="fc2",
        classes=["cat", "dog"],
    )
    assert report == {"added": 3, "updated": 0, "unchanged": 0}

    client = uploader.client
    assert dense(client, dataset, "key") == ["a", "b", "c"]
    assert names(dense(client, dataset, "label")) == ["cat", None, "dog"]
    fields = {field.name: field.pk for field in MetadataField.objects.all()}
    assert dense(client, dataset, f"metadata:{fields['age']}") == [1, None, 3]
    assert dense(client, dataset, f"metadata:{fields['size']}") == [0.5, 1.5, None]
    assert dense(client, dataset, f"metadata:{fields['seen']}") == [1, 0, None]
    assert dense(client, dataset, f"metadata:{fields['who']}") == ["x", None, ""]
    inference_set = InferenceSet.objects.get()
    assert str(inference_set.trained_model) == "cnn 2026-11"
    # c names no category but has probabilities: the most probable class is its inference.
    assert names(dense(client, dataset, f"inference:{inference_set.pk}")) == ["dog", "cat", "cat"]
    assert dense(client, dataset, f"confidence:{inference_set.pk}") == pytest.approx([0.9, 0.7, None])
    assert names(inference_set.classes) == ["cat", "dog"]

    table = read_arrow(client.get(f"/bulk/v1/embedding-sets/{EmbeddingSet.objects.get().pk}/vectors"))
    assert table["row"].to_pylist() == [0, 1, 2]
    assert table["key"].to_pylist() == ["a", "b", "c"]
    assert np.array(table["embedding"].to_pylist(), dtype=np.float32).tobytes() == vectors.tobytes()
    assert table.schema.metadata == {b"version": b"1"}
    texts = list(Datapoint.objects.order_by("row").values_list("resource__kind", "resource__text"))
    assert texts == [("text", "hello"), ("uri", "https://example.org/b.png"), ("text", "ä\n€")]

    dataset.refresh_from_db()
    assert (dataset.datapoint_count, dataset.next_row, dataset.version, dataset.label_version) == (3, 3, 1, 1)
    assert EmbeddingSet.objects.get().embedding_count == 3


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
@pytest.mark.holds(28)
def test_vectors_of_every_dtype_read_back_bit_by_bit_over_several_logs(uploader, dtype):
    vectors = np.random.default_rng(1).normal(size=(9000, 3)).astype(dtype)
    vectors[0, 0] = -0.0
    vectors[1, 0] = np.finfo(dtype).smallest_subnormal
    keys = [f"k{number}" for number in range(9000)]
    uploader.log({"key": keys[:5000], "embedding": vectors[:5000]})
    uploader.log({"key": keys[5000:][::-1], "embedding": vectors[5000:][::-1]})

    embedding_set = EmbeddingSet.objects.get()
    assert embedding_set.vectors.dtype == np.dtype(dtype).name
    table = read_arrow(uploader.client.get(f"/bulk/v1/embedding-sets/{embedding_set.pk}/vectors"))
    assert table["row"].to_pylist() == list(range(9000))
    found = dict(
        zip(table["key"].to_pylist(), table["embedding"].combine_chunks().values.to_numpy().reshape(-1, 3), strict=True)
    )
    assert np.stack([found[key] for key in keys]).tobytes() == vectors.tobytes()


@pytest.mark.holds(25)
def test_a_log_is_one_audit_entry_and_one_change(uploader, dataset, project, bob):
    before = Change.objects.count()
    uploader.log({"key": ["a", "b"]})
    entry = AuditEntry.objects.get(action="logged")
    assert (entry.actor, entry.target_id, entry.project) == (bob, str(dataset.pk), project)
    assert entry.after == {"added": 2, "updated": 0, "unchanged": 0}
    change = Change.objects.last()
    assert Change.objects.count() == before + 1
    assert (change.kind, change.target_type, change.target_id, change.version) == (
        "logged",
        "dataset",
        str(dataset.pk),
        1,
    )


def test_categories_get_the_next_colours(uploader):
    uploader.log({"key": ["a", "b"], "label": ["cat", "dog"]})
    uploader.log({"key": ["a"], "inference": ["ape"]})
    assert dict(Category.objects.values_list("name", "colour")) == {"cat": 0, "dog": 1, "ape": 2}


def test_names_of_categories_may_be_as_long_as_it_is_said(uploader, dataset):
    uploader.log({"key": ["a"], "label": ["x" * 200], "inference": ["y" * 150]})
    assert names(dense(uploader.client, dataset, "label")) == ["x" * 200]


def test_dictionary_encoded_labels_are_labels(uploader, dataset):
    labels = pa.array(["cat", None, "dog", "cat"]).dictionary_encode()
    uploader.log({"key": list("abcd"), "label": labels})
    assert names(dense(uploader.client, dataset, "label")) == ["cat", None, "dog", "cat"]


def test_a_null_inside_a_dictionary_is_a_null(uploader, dataset):
    uploader.log({"key": ["a", "b"], "label": ["cat", "cat"]})
    labels = pa.DictionaryArray.from_arrays(pa.array([0, 1], type=pa.int32()), pa.array([None, "dog"]))
    assert uploader.log({"key": ["a", "b"], "label": labels}) == {"added": 0, "updated": 1, "unchanged": 1}
    assert names(dense(uploader.client, dataset, "label")) == ["cat", "dog"]


def test_files_of_a_granted_root_can_be_named(uploader, project, settings, tmp_path):
    settings.CHROMA_RESOURCE_ROOTS = {"photos": tmp_path, "secret": tmp_path}
    ResourceRootGrant.objects.create(project=project, root="photos")
    assert uploader.log({"key": ["a"], "uri": ["root:photos/one/a.png"]})["added"] == 1
    for uri in ("root:secret/a.png", "root:photos/../a.png"):
        assert uploader.try_log({"key": ["b"], "uri": [uri]}).status_code == 422


def test_rows_stay_with_their_keys_whatever_order_they_are_logged_in(uploader, dataset):
    uploader.log({"key": ["a", "b", "c"]})
    report = uploader.log({"key": ["d", "c", "a", "e"], "label": ["D", "C", "A", "E"]})
    assert report == {"added": 2, "updated": 2, "unchanged": 0}
    assert dense(uploader.client, dataset, "key") == ["a", "b", "c", "d", "e"]
    assert names(dense(uploader.client, dataset, "label")) == ["A", None, "C", "D", "E"]
    assert Dataset.objects.get(pk=dataset.pk).next_row == 5
