"""What is exported and imported again is the same, to the last bit."""

from __future__ import annotations

import io
import json
import uuid
import zipfile

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from apps.accounts.actor import Actor
from apps.curation.services.labelling import set_label
from apps.curation.services.tagging import tag_selection
from apps.datasets.models import Dataset
from apps.datasets.services.datasets import create_dataset
from apps.projects.services.projects import create_project
from tests.cast import make_client
from tests.data import make_embedding_set
from tests.logging.upload import Uploader, table_of
from tests.objects.conftest import picture, store_pictures, try_objects
from tests.transfer.conftest import Sender, ask_for_export, download, read_csv, read_jsonl, read_parquet, run_jobs
from tests.transfer.test_exports import VECTORS, rich  # noqa: F401 - a fixture
from tests.world import make_selection

READERS = {"PARQUET": read_parquet, "JSONL": read_jsonl, "CSV": read_csv}
# Who changed a label, and when, is told of the import itself.
NEW = {"dataset", "label_changed_at", "label_changes"}


def differences(before, after):
    """Key, column and both values of everything that an import should have kept."""
    names = dict.fromkeys(name for row in [*before, *after] for name in row if name not in NEW)
    pairs = zip(before, after, strict=True)
    return [
        (old["key"], name, old.get(name), new.get(name))
        for old, new in pairs
        for name in names
        if repr(old.get(name)) != repr(new.get(name))
    ]


@pytest.mark.parametrize("format", READERS)
def test_an_export_imported_into_a_new_dataset_exports_the_same(export, sender, rich, alice, format):  # noqa: F811
    sets = [str(each.pk) for each in rich.embedding_sets.all()]
    content = export(alice, rich.project, format, datasetId=str(rich.pk), embeddingSetIds=sets)
    done = sender.bring_in(content, "copy")
    assert done["state"] == "DONE", (done["job"], done["errors"])
    assert done["report"]["added"] == 20
    copy = Dataset.objects.get(name="copy")
    copied = [str(each.pk) for each in copy.embedding_sets.all()]
    again = export(alice, rich.project, format, datasetId=str(copy.pk), embeddingSetIds=copied)
    assert differences(READERS[format](content), READERS[format](again)) == []


@pytest.mark.holds(27)
def test_importing_the_same_again_changes_nothing(export, sender, rich, alice):  # noqa: F811
    content = export(alice, rich.project, "PARQUET", datasetId=str(rich.pk))
    done = sender.bring_in(content, rich.name)
    assert done["report"] == {"added": 0, "updated": 0, "unchanged": 20, "relabelled": 0, "skipped": 0}


@pytest.fixture
def images(sender):
    """A dataset of two pictures, with ground truth and with what the model cnn 1 found, logged as clients do it."""
    dataset = create_dataset(actor=Actor(user=sender.caller), project=sender.project, name="blood")
    uploader = Uploader(make_client(sender.caller), dataset)
    uploader.log({"key": ["img0", "img1"], "file": store_pictures(uploader, 2)})
    boxes = [[0.1, 0.2, 0.3, 0.4], [1 / 3, 1 / 7, 0.05, 0.6]]
    log = {"label": ["RBC", "WBC"], "metadata:blurred": [True, False]}
    answer = try_objects(uploader, ["img0", "img1"], boxes, source="ground_truth", **log)
    assert answer.status_code == 200, answer.content
    found = {"inference": ["RBC", "RBC"], "confidence": [0.1, 0.9]}
    answer = try_objects(uploader, ["img0", "img0"], boxes, source="model", model="cnn", version="1", **found)
    assert answer.status_code == 200, answer.content
    dataset.refresh_from_db()
    return dataset


@pytest.mark.parametrize("format", READERS)
def test_objects_come_back_with_their_boxes(export, sender, images, alice, format):
    content = export(alice, images.project, format, datasetId=str(images.pk))
    rows = READERS[format](content)
    assert [row["role"] for row in rows] == ["context"] * 2 + ["object"] * 4
    assert [row["source"] for row in rows[2:]] == ["ground_truth"] * 2 + ["cnn 1"] * 2
    done = sender.bring_in(content, "copy")
    assert done["state"] == "DONE", (done["job"], done["errors"])
    copy = Dataset.objects.get(name="copy")
    assert (copy.datapoint_count, copy.object_count) == (2, 4)
    assert differences(rows, READERS[format](export(alice, images.project, format, datasetId=str(copy.pk)))) == []


def test_vectors_of_contexts_alone_come_back(export, sender, images, alice):
    make_embedding_set(images, VECTORS[:2])
    sets = [str(each.pk) for each in images.embedding_sets.all()]
    content = export(alice, images.project, "PARQUET", datasetId=str(images.pk), embeddingSetIds=sets)
    done = sender.bring_in(content, "copy")
    assert done["state"] == "DONE", (done["job"], done["errors"])
    copy = Dataset.objects.get(name="copy")
    copied = [str(each.pk) for each in copy.embedding_sets.all()]
    again = export(alice, images.project, "PARQUET", datasetId=str(copy.pk), embeddingSetIds=copied)
    assert differences(read_parquet(content), read_parquet(again)) == []


def test_coco_keeps_images_boxes_labels_and_predictions(export, sender, images, alice):
    content = export(alice, images.project, "COCO", datasetId=str(images.pk))
    coco = json.loads(content)
    assert [(image["key"], image["width"], image["height"]) for image in coco["images"]] == [
        ("img0", 200, 100),
        ("img1", 200, 100),
    ]
    assert coco["annotations"][0]["bbox"] == [20, 20, 60, 40]
    assert [each["score"] for each in coco["predictions"]] == pytest.approx([0.1, 0.9])
    done = sender.bring_in(content, "copy")
    assert done["state"] == "DONE", (done["job"], done["errors"])
    copy = Dataset.objects.get(name="copy")
    columns = ("key", "role", "parent", "box_x", "box_y", "box_width", "box_height", "source", "label", "inference",
               "confidence", "file")  # fmt: skip
    before, after = (
        read_parquet(export(alice, images.project, "PARQUET", datasetId=str(each.pk))) for each in (images, copy)
    )
    assert [[row[name] for name in columns] for row in after] == [[row[name] for name in columns] for row in before]


def test_objects_are_left_out_where_they_are_not_wanted(export, images, alice):
    content = export(alice, images.project, "KEYS", datasetId=str(images.pk), includeObjects=False)
    assert content.decode().split() == ["img0", "img1"]


def test_images_come_along_in_an_archive(sender, alice):
    small = picture(7, (8, 8))
    csv = "name,file,class\na,pictures/a.png,cat\nb,b.png,dog\n"
    archive = zipped({"rows.csv": csv.encode(), "pictures/a.png": small, "pictures/b.png": small + b"x"})
    done = sender.bring_in(archive, "pets", {"name": "key"})
    assert done["state"] == "DONE", (done["job"], done["errors"])
    pets = Dataset.objects.get(name="pets")
    first = pets.datapoints.get(key="a")
    assert (first.category.name, first.resource.media_type) == ("cat", "image/png")
    assert make_client(alice).get(f"/resources/{first.resource_id}").content == small


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
KEYS = st.text("ab,;\"'é🙂 ", min_size=1, max_size=8)
NAMES = st.sampled_from(["7", "a b", "🙂", 'say "x"', "x;y", "back\\slash", "=1+1"])
FINITE = {"allow_nan": False, "allow_infinity": False}
METADATA = {
    "number": st.floats(**FINITE),
    "whole": st.integers(-(2**63), 2**63 - 1),
    "flag": st.booleans(),
    "say": TEXTS,
}


@st.composite
def logs(draw):
    """Some datapoints with any values of every kind, each of which may be missing."""
    count = draw(st.integers(1, 5))

    def column(values):
        return draw(st.lists(st.none() | values, min_size=count, max_size=count))

    types = {"number": pa.float64(), "whole": pa.int64(), "flag": pa.bool_(), "say": pa.string()}
    inferences = column(NAMES)
    confidences = [name and draw(st.floats(0, 1, width=32)) for name in inferences]
    dtype = draw(st.sampled_from(["float16", "float32", "float64"]))
    vectors = draw(arrays(dtype, (count, 3), elements=st.floats(width=int(dtype[5:]), **FINITE)))
    table = {
        "key": draw(
            st.lists(st.text("ab,;\"'é🙂 ", min_size=1, max_size=8), min_size=count, max_size=count, unique=True)
        ),
        "text": column(TEXTS),
        "label": column(NAMES),
        "inference": inferences,
        "confidence": confidences,
        "embedding": vectors,
        **{f"metadata:{name}": pa.array(column(METADATA[name]), type=types[name]) for name in METADATA},
    }
    return table, draw(st.lists(NAMES, max_size=2, unique=True)), draw(st.none() | NAMES), draw(TEXTS)


@pytest.mark.parametrize("format", READERS)
@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(log=logs())
@pytest.mark.holds(28)
def test_whatever_was_logged_comes_back_bit_for_bit_in_another_project(sender, alice, format, log):
    table, tags, label, why = log
    actor = Actor(user=alice)
    first, second = (create_project(actor=actor, name=f"Round {uuid.uuid4().hex}") for _ in range(2))
    dataset = create_dataset(actor=actor, project=first, name="data")
    uploader = Uploader(make_client(alice), dataset)
    uploader.log(table_of(table), model="big net", version="v 2%", layer="fc 1")
    dataset.refresh_from_db()
    for tag in tags:
        tag_selection(actor=actor, selection=make_selection(dataset, alice), name=tag)
    set_label(actor=actor, selection=make_selection(dataset, alice), category_name=label, why=why)
    content = exported(alice, dataset, format)
    done = Sender(alice, second).bring_in(content, "data")
    assert done["state"] == "DONE", (done["job"], done["errors"])
    again = exported(alice, Dataset.objects.get(project=second), format)
    assert differences(READERS[format](content), READERS[format](again)) == []


def exported(caller, dataset, format) -> bytes:
    sets = [str(each.pk) for each in dataset.embedding_sets.all()]
    more = {"datasetId": str(dataset.pk), "embeddingSetIds": sets}
    payload = ask_for_export(caller, dataset.project, format, **more)
    run_jobs()
    return download(caller, f"/bulk/v1/exports/{payload['export']['id']}/content")


def zipped(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()
