"""What logging the same keys again means."""

from __future__ import annotations

import uuid

import numpy as np
import pyarrow as pa
import pytest

from apps.datasets.models import Category, Datapoint, Dataset, LabelChange, MetadataField, Resource, Segment
from apps.embeddings.models import EmbeddingSet
from apps.lineage.models import InferenceSet, TrainedModel
from apps.projects.models import Change
from tests.logging.upload import dense

EVERYTHING = {
    "key": ["a", "b", "c"],
    "label": ["cat", "dog", None],
    "inference": ["dog", "dog", "cat"],
    "confidence": [0.9, None, 0.1],
    "probabilities": np.array([[0.1, 0.9], [0.7, 0.3], [0.5, 0.5]], dtype=np.float32),
    "text": ["one", "two", None],
    "metadata:age": pa.array([1, None, 3]),
    "metadata:who": pa.array(["x", "", None]),
    "metadata:size": pa.array([-0.0, 1e300, None]),
    "embedding": np.arange(12, dtype=np.float16).reshape(3, 4),
}
UNCHANGED = {"added": 0, "updated": 0, "unchanged": 3}


def label_of(key):
    category = Datapoint.objects.get(key=key).category
    return category and category.name


def correct_label(key, name):
    """As a person does it on the screen."""
    category, _ = Category.objects.get_or_create(
        project=Dataset.objects.get().project, name=name, defaults={"colour": 99}
    )
    datapoint = Datapoint.objects.get(key=key)
    LabelChange.objects.create(
        datapoint=datapoint, from_category=datapoint.category, to_category=category, action=uuid.uuid4()
    )
    Datapoint.objects.filter(key=key).update(category=category)


def metadata_of(uploader, name):
    return dense(uploader.client, uploader.dataset, f"metadata:{MetadataField.objects.get(name=name).pk}")


@pytest.mark.holds(27)
def test_the_same_again_changes_nothing_at_all(uploader, dataset):
    uploader.log(EVERYTHING, classes=["cat", "dog"])
    before = (Dataset.objects.get().version, Segment.objects.count(), Resource.objects.count(), Change.objects.count())
    assert uploader.log(EVERYTHING, classes=["cat", "dog"]) == UNCHANGED
    after = (Dataset.objects.get().version, Segment.objects.count(), Resource.objects.count(), Change.objects.count())
    assert after == before


def test_each_field_by_itself_makes_a_datapoint_updated(uploader):
    uploader.log(EVERYTHING, classes=["cat", "dog"])
    changes = {
        "label": ["cat", "dog", "cat"],
        "inference": ["dog", "cat", "cat"],
        "confidence": [0.9, None, 0.2],
        "probabilities": np.array([[0.1, 0.9], [0.7, 0.3], [0.5, 0.4]], dtype=np.float32),
        "text": ["one", "three", None],
        "metadata:age": pa.array([1, None, 4]),
        "metadata:who": pa.array(["x", "y", None]),
        "metadata:size": pa.array([0.0, 1e300, None]),
        "embedding": np.array([[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, -11]], dtype=np.float16),
    }
    for name, values in changes.items():
        report = uploader.log({"key": ["a", "b", "c"], name: values}, classes=["cat", "dog"])
        assert report == {"added": 0, "updated": 1, "unchanged": 2}, name
    everything = {"key": ["a", "b", "c"]} | changes
    assert uploader.log(everything, classes=["cat", "dog"]) == UNCHANGED


def test_a_persons_correction_survives_the_same_label_logged_again(uploader):
    uploader.log({"key": ["a", "b"], "label": ["cat", "cat"]})
    correct_label("a", "dog")
    report = uploader.log({"key": ["a", "b"], "label": ["cat", "cat"]})
    assert report == {"added": 0, "updated": 0, "unchanged": 2}
    assert label_of("a") == "dog"


def test_another_label_from_the_source_becomes_current_with_history(uploader):
    uploader.log({"key": ["a"], "label": ["cat"]})
    correct_label("a", "dog")
    assert uploader.log({"key": ["a"], "label": ["ape"]})["updated"] == 1
    assert label_of("a") == "ape"
    newest = LabelChange.objects.first()
    assert (newest.from_category.name, newest.to_category.name) == ("dog", "ape")
    assert newest.is_logged
    assert newest.by is None
    assert LabelChange.objects.count() == 2


def test_a_first_label_at_birth_is_no_change_but_a_later_first_label_is(uploader):
    uploader.log({"key": ["a", "b"], "label": ["cat", None]})
    assert not LabelChange.objects.exists()
    uploader.log({"key": ["b"], "label": ["dog"]})
    change = LabelChange.objects.get()
    assert (change.datapoint.key, change.from_category, change.to_category.name) == ("b", None, "dog")


def test_changes_of_one_log_share_an_action(uploader):
    uploader.log({"key": ["a", "b"], "label": ["cat", "cat"]})
    uploader.log({"key": ["a", "b"], "label": ["dog", "ape"]})
    assert LabelChange.objects.values("action").distinct().count() == 1


def test_null_and_absent_leave_what_is_there(uploader):
    uploader.log(EVERYTHING, classes=["cat", "dog"])
    nothing = {
        "key": ["a", "b", "c"],
        "label": [None] * 3,
        "text": [None] * 3,
        "inference": [None] * 3,
        "metadata:age": pa.nulls(3, pa.int64()),
    }
    assert uploader.log(nothing) == UNCHANGED
    assert uploader.log({"key": ["a", "b", "c"]}) == UNCHANGED
    assert label_of("a") == "cat"
    assert metadata_of(uploader, "age") == [1, None, 3]


def test_clear_removes_and_removing_again_is_no_change(uploader):
    uploader.log(EVERYTHING, classes=["cat", "dog"])
    words = ["label", "resource", "inference", "embedding", "metadata"]
    clearing = {"key": ["a", "c"], "clear": [words, ["metadata:age"]]}
    assert uploader.log(clearing) == {"added": 0, "updated": 2, "unchanged": 0}

    datapoint = Datapoint.objects.get(key="a")
    assert (datapoint.category, datapoint.logged_category, datapoint.resource) == (None, None, None)
    assert LabelChange.objects.get().to_category is None
    inference_set = InferenceSet.objects.get()
    assert dense(uploader.client, uploader.dataset, f"inference:{inference_set.pk}")[0] is None
    assert dense(uploader.client, uploader.dataset, f"confidence:{inference_set.pk}") == [
        None,
        None,
        pytest.approx(0.1),
    ]
    assert metadata_of(uploader, "age") == [None, None, None]
    assert metadata_of(uploader, "who") == [None, "", None]
    assert EmbeddingSet.objects.get().embedding_count == 2
    assert uploader.log(clearing) == {"added": 0, "updated": 0, "unchanged": 2}


def test_clearing_a_label_that_only_a_person_gave_leaves_it(uploader):
    uploader.log({"key": ["a"]})
    correct_label("a", "dog")
    assert uploader.log({"key": ["a"], "clear": [["label"]]})["unchanged"] == 1
    assert label_of("a") == "dog"


def test_clearing_what_was_never_logged_makes_nothing(uploader):
    words = ["label", "resource", "inference", "embedding", "metadata", "metadata:none"]
    assert uploader.log({"key": ["a"], "clear": [words]})["added"] == 1
    assert uploader.log({"key": ["a"], "clear": [words]})["unchanged"] == 1
    assert not TrainedModel.objects.exists()
    assert not MetadataField.objects.exists()


def test_metadata_merges_by_key_and_clearing_all_beside_new_values_replaces(uploader):
    uploader.log({"key": ["a", "b"], "metadata:x": pa.array([1, 2]), "metadata:y": pa.array([1, 2])})
    uploader.log({"key": ["a"], "metadata:y": pa.array([5]), "metadata:z": pa.array([6])})
    assert [metadata_of(uploader, name) for name in "xyz"] == [[1, 2], [5, 2], [6, None]]
    uploader.log({"key": ["b"], "metadata:z": pa.array([7]), "clear": [["metadata"]]})
    assert [metadata_of(uploader, name) for name in "xyz"] == [[1, None], [5, None], [6, 7]]


def test_whole_numbers_fit_into_numbers_and_the_other_way_round(uploader):
    uploader.log({"key": ["a", "b"], "metadata:f": pa.array([0.5, 1.0]), "metadata:i": pa.array([1, 2])})
    report = uploader.log({"key": ["b"], "metadata:f": pa.array([1]), "metadata:i": pa.array([2.0])})
    assert report["unchanged"] == 1
    uploader.log({"key": ["b"], "metadata:f": pa.array([3]), "metadata:i": pa.array([4.0])})
    assert metadata_of(uploader, "f") == [0.5, 3.0]
    assert metadata_of(uploader, "i") == [1, 4]


def test_a_new_version_overwrites_nothing(uploader):
    first = np.ones((2, 3), dtype=np.float32)
    log = {"key": ["a", "b"], "inference": ["cat", "dog"], "embedding": first}
    uploader.log(log, model="cnn", version="1", layer="fc")
    again = log | {"inference": ["dog", "dog"], "embedding": first * 2}
    report = uploader.log(again, model="cnn", version="2", layer="fc")
    assert report == {"added": 0, "updated": 2, "unchanged": 0}
    assert uploader.log(log, model="cnn", version="1", layer="fc")["unchanged"] == 2
    assert uploader.log(again, model="cnn", version="2", layer="fc")["unchanged"] == 2
    assert [str(model) for model in TrainedModel.objects.order_by("version")] == ["cnn 1", "cnn 2"]
    assert EmbeddingSet.objects.count() == InferenceSet.objects.count() == 2


def test_defaults_are_the_model_default_version_1_layer_default(uploader):
    log = {"key": ["a"], "embedding": np.ones((1, 3), dtype=np.float32)}
    uploader.log(log)
    assert uploader.log(log, model="default", version="1", layer="default")["unchanged"] == 1
    layer = EmbeddingSet.objects.get().layer
    assert (layer.name, layer.layer_set.name) == ("default", "default")


def test_a_resource_can_change_and_equal_ones_are_kept_once(uploader):
    uploader.log({"key": ["a", "b", "c"], "text": ["same", "same", "other"]})
    assert Resource.objects.count() == 2
    report = uploader.log({"key": ["b", "c"], "text": ["other", None], "uri": [None, "s3://bucket/c"]})
    assert report["updated"] == 2
    texts = list(Datapoint.objects.order_by("row").values_list("resource__text", flat=True))
    assert texts == ["same", "other", "s3://bucket/c"]


def test_a_confidence_may_follow_its_inference_later(uploader):
    uploader.log({"key": ["a"], "inference": ["cat"]})
    assert uploader.log({"key": ["a"], "confidence": [0.5]})["updated"] == 1
    inference_set = InferenceSet.objects.get()
    assert dense(uploader.client, uploader.dataset, f"confidence:{inference_set.pk}") == [0.5]
