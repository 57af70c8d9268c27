"""COCO files: what is taken, what is left out and said, and what is refused before anything is sent."""

from __future__ import annotations

import copy
import json

import chroma_sdk as chroma
import numpy as np
import pytest
from chroma_sdk._png import encode_png

INSTANCES = {
    "images": [
        {"id": 7, "file_name": "a.png", "width": 40, "height": 20},
        {"id": 8, "file_name": "b.png", "width": 40, "height": 20},
    ],
    "categories": [{"id": 3, "name": "cat", "supercategory": "animal"}, {"id": 90, "name": "dog"}],
    "annotations": [
        {
            "id": 1,
            "image_id": 7,
            "category_id": 3,
            "bbox": [0, 0, 10, 10],
            "segmentation": [[0, 0, 9, 9]],
            "iscrowd": 0,
        },
        {"id": 2, "image_id": 8, "category_id": 90, "bbox": [10, 5, 20, 10], "iscrowd": 0},
        {"id": 3, "image_id": 8, "category_id": 3, "bbox": [0, 0, 40, 20], "iscrowd": 1},
        {"id": 4, "image_id": 7, "category_id": 3, "bbox": [5, 5, 0, 10]},
    ],
}
RESULTS = [
    {"image_id": 7, "category_id": 90, "bbox": [1, 0, 10, 10], "score": 0.75},
    {"image_id": 7, "category_id": 3, "bbox": [20, 0, 10, 10], "score": 0.25},
]


def changed(**entry):
    content = copy.deepcopy(INSTANCES)
    content["annotations"][1] |= entry
    return content


@pytest.mark.parametrize(
    ("annotations", "more", "message"),
    [
        ({"images": []}, {}, "annotations: there is no list 'categories'; is this the JSON of COCO instances"),
        ([], {}, "annotations: wanted an object with images, annotations and categories"),
        ("missing.json", {}, "annotations: there is no file 'missing.json'"),
        (changed(image_id=9), {}, "annotations: the entry with id 2 is about image 9, which is not in images"),
        (changed(category_id=9), {}, "annotations: the entry with id 2 is of category 9, which is not there"),
        (changed(bbox=[1, 2]), {}, "annotations: the entry with id 2 has a bbox of 2 numbers, wanted 4"),
        (INSTANCES, {"predictions": RESULTS}, "model: predictions need the name of the model"),
        (INSTANCES, {"predictions": [{"bbox": []}], "model": "m"}, "predictions: entry 0 has no 'image_id'"),
        (INSTANCES, {"images": "nowhere"}, "images: 2 of 2 are missing, first 'nowhere/a.png'"),
    ],
)
def test_a_wrong_file_is_refused_before_anything_is_sent(silent_dataset, annotations, more, message):
    with pytest.raises(chroma.InvalidArgument, match=message):
        silent_dataset.import_coco(annotations, **more)


def test_images_truth_and_predictions_are_logged_and_replaced(client_of, alice, tmp_path):
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(encode_png(np.full((20, 40), len(name), dtype=np.uint8)))
    (tmp_path / "instances.json").write_text(json.dumps(INSTANCES))
    (tmp_path / "results.json").write_text(json.dumps(RESULTS))
    pets = client_of(alice).project("Pets").dataset("photos")
    files = {"images": tmp_path, "predictions": tmp_path / "results.json", "model": "yolo", "version": "3"}
    report = pets.import_coco(tmp_path / "instances.json", **files)
    assert (report.images.added, report.annotations.added, report.predictions.added) == (2, 2, 2)
    assert report.notes == [
        "1 boxes of crowds (iscrowd) are left out: they mark many objects at once.",
        "1 segmentations are left aside: boxes are kept.",
        "1 annotations whose box has no width or no height are left out.",
    ]
    assert "images: 2 added" in str(report)
    seen = {(point.parent, point.label, point.region, point.source) for point in pets.datapoints(role="object")}
    assert seen == {
        ("a.png", "cat", (0, 0, 0.25, 0.5), "ground_truth"),
        ("b.png", "dog", (0.25, 0.25, 0.5, 0.5), "ground_truth"),
        ("a.png", None, (0.025, 0, 0.25, 0.5), "yolo 3"),
        ("a.png", None, (0.5, 0, 0.25, 0.5), "yolo 3"),
    }
    again = pets.import_coco(INSTANCES | {"annotations": INSTANCES["annotations"][:1]})
    assert (again.images.unchanged, again.annotations.unchanged, again.annotations.removed) == (2, 1, 1)
    assert again.predictions is None
    assert len(pets.keys(role="object")) == 3
