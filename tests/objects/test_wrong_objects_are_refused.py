"""Whatever is wrong with objects is said with row and column, and nothing is logged."""

from __future__ import annotations

import json

import numpy as np
import pytest

from apps.datasets.models import Datapoint, Upload
from tests.logging.upload import declaration_of
from tests.objects.conftest import fours, pairs, standing, vectors

BOX = (0.1, 0.1, 0.2, 0.2)


@pytest.mark.parametrize(
    ("box", "problem"),
    [
        pytest.param((0.9, 0.1, 0.2, 0.2), "reaches outside its image", id="to the right"),
        pytest.param((0.1, -0.1, 0.2, 0.2), "reaches outside its image", id="above"),
        pytest.param((0.1, 0.1, 0, 0.2), "has no area", id="no width"),
        pytest.param((0.5, 0.1, -0.2, 0.2), "has no area", id="negative width"),
        pytest.param((1.0005, 0.1, 0.0005, 0.2), "has no area", id="nothing left inside"),
        pytest.param((0.1, float("nan"), 0.2, 0.2), "the number at 1 is NaN or infinite", id="NaN"),
        pytest.param((0.1, 0.1, 0.2, float("inf")), "the number at 3 is NaN or infinite", id="infinite"),
    ],
)
@pytest.mark.holds(40)
def test_boxes(images, refused, box, problem):
    message = refused(["img0", "img1"], [BOX, box], label=["a", "b"])
    assert message.startswith("Row 1 (parent 'img1'), column 'box':")
    assert problem in message


def test_what_rounding_adds_is_cut_at_the_edge(images, log_objects, objects_of):
    log_objects(["img0", "img1"], [(-0.4, 50, 201, 50.9), (100, 0, 100.5, 100)], box_format="xywh")
    assert list(objects_of("img0")) == [(0, 0.5, 1, 0.5)]
    assert list(objects_of("img1")) == [(0.5, 0, 0.5, 1)]


def test_a_pixel_box_outside_says_in_pixels_where(images, refused):
    message = refused(["img0"], [(150, 10, 80, 20)], box_format="xywh")
    assert "from (150, 10) to (230, 30) in 200 x 100 (pixels)" in message


def test_corners_in_the_wrong_order(images, refused):
    assert "has no area" in refused(["img0"], [(80, 20, 20, 60)], box_format="xyxy")


def test_pixels_of_an_image_that_the_server_cannot_measure(uploader, refused):
    uploader.log({"key": ["far"], "uri": ["https://example.com/far.png"]})
    message = refused(["far"], [(1, 1, 5, 5)], box_format="xywh")
    assert message.startswith("Row 0 (parent 'far'), column 'box': is in pixels")
    assert "give image_size" in message


@pytest.mark.parametrize("size", [(0, 10), (10, -1), (float("nan"), 10)])
@pytest.mark.holds(40)
def test_image_sizes(images, refused, size):
    sizes = pairs([None, size])
    message = refused(["img0", "img1"], [(1, 1, 5, 5)] * 2, box_format="xywh", image_size=sizes)
    assert message.startswith("Row 1 (parent 'img1'), column 'image_size':")


@pytest.mark.holds(40)
def test_parents_that_are_not_there(images, refused):
    message = refused(["img0", "nobody", "nobody"], [BOX] * 3)
    assert message.startswith("Row 1 (parent 'nobody'), column 'parent': the dataset has no datapoint")


def test_a_parent_that_is_not_named(images, refused):
    assert refused(["img0", None], [BOX] * 2).startswith("Row 1, column 'parent': every object needs")


def test_objects_inside_objects(images, log_objects, refused):
    log_objects(["img0"], [BOX], key=["cell"])
    message = refused(["img1", "cell"], [BOX] * 2)
    assert message.startswith("Row 1 (parent 'cell'), column 'parent': 'cell' is an object itself")


def test_a_context_becomes_no_object_and_an_object_no_context(images, log_objects, refused, uploader):
    assert "is the key of a context" in refused(["img0"], [BOX], key=["img1"])
    log_objects(["img0"], [BOX], key=["cell"])
    before = standing()
    answer = uploader.try_log({"key": ["new", "cell"], "label": ["a", "b"]})
    assert answer.json()["error"]["message"].startswith("Row 1 (key 'cell'), column 'key': is the key of an object")
    assert standing() == before


@pytest.mark.parametrize("more", [{"parents": ["img1"]}, {"source": "model"}])
def test_an_objects_key_stays_with_its_parent_and_source(images, log_objects, refused, more):
    log_objects(["img0"], [BOX], key=["cell"])
    parents = more.pop("parents", ["img0"])
    message = refused(parents, [BOX], key=["cell"], **more)
    assert "is the key of an object of another parent or source" in message


def test_keys_that_are_there_twice(images, refused):
    message = refused(["img0", "img0", "img1"], [BOX, BOX, None], key=["a", "a", None])
    assert message.startswith("Row 1 (parent 'img0'), column 'key': row 0 has the same key")


def test_a_parent_with_and_without_boxes(images, refused):
    message = refused(["img0", "img1", "img0"], [BOX, BOX, None])
    assert message.startswith("Row 2 (parent 'img0'), column 'box': is null")


def test_a_label_without_a_box(images, refused):
    message = refused(["img0", "img1"], [BOX, None], label=["a", "b"])
    assert message == "Row 1 (parent 'img1'), column 'label': is given, but there is no box."


@pytest.mark.parametrize(
    ("source", "column", "values"),
    [
        ("model", "label", ["a"]),
        ("ground_truth", "inference", ["a"]),
        ("ground_truth", "confidence", [0.5]),
        ("ground_truth", "text", ["a"]),
        ("model", "uri", ["https://example.com/a.png"]),
    ],
)
def test_columns_of_the_other_source_or_role(images, refused, source, column, values):
    message = refused(["img0"], [BOX], source=source, **{column: values})
    assert message.startswith(f"The column {column!r} belongs to ")


def test_clearing_what_an_object_does_not_have(images, refused):
    message = refused(["img0"], [BOX], clear=[["resource"]])
    assert message.startswith("Row 0 (parent 'img0'), column 'clear': 'resource' belongs to contexts")


def test_a_vector_that_is_missing(images, refused):
    with_hole = np.array(vectors(2))
    with_hole[1, 2] = np.nan
    message = refused(["img0", "img1"], [BOX, BOX], embedding=with_hole)
    assert message.startswith("Row 1 (parent 'img1'), column 'embedding': the number at 2")


def test_row_numbers_are_those_of_what_was_sent(images, refused):
    message = refused(["img0", "img1", "img2"], [None, BOX, BOX], source="model", confidence=[None, 0.5, 7])
    assert message.startswith("Row 2 (parent 'img2'), column 'confidence': must be 0")


@pytest.mark.parametrize("missing", ["parent", "box"])
def test_columns_that_every_object_needs(images, uploader, missing):
    columns = {"parent": ["img0"], "box": fours([BOX])}
    del columns[missing]
    before = standing()
    answer = uploader.try_log({"key": ["a"], **columns}, role="object", source="ground_truth")
    assert answer.json()["error"]["message"] == f"The column {missing!r} is missing."
    assert standing() == before


def test_contexts_have_no_parents(images, uploader):
    answer = uploader.try_log({"key": ["a"], "parent": ["img0"], "box": fours([BOX])})
    assert answer.status_code == 422
    assert not Datapoint.objects.filter(key="a").exists()


@pytest.mark.parametrize(
    ("declared", "field"),
    [
        ({"role": "both"}, "role"),
        ({"role": 7}, "role"),
        ({"role": "object", "source": "me"}, "source"),
        ({"role": "object", "box_format": "yxyx"}, "box_format"),
        ({"source": "model"}, "source"),
        ({"role": "context", "box_format": "xywh"}, "box_format"),
    ],
)
@pytest.mark.holds(40)
def test_declarations(uploader, declared, field):
    answer = uploader.client.post(
        f"/bulk/v1/datasets/{uploader.dataset.pk}/uploads",
        json.dumps(declaration_of(b"x", 1, **declared)),
        content_type="application/json",
    )
    assert (answer.status_code, answer.json()["error"]["field"]) == (422, field)
    assert not Upload.objects.exists()
