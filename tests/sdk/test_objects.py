"""Objects inside images, from logging to scores, against a real server process and its worker."""

from __future__ import annotations

import chroma_sdk as chroma
import numpy as np
import pytest

SIZE = (100, 50)
TRUTH = {
    "parents": ["one", "two", "one"],
    "boxes": [[10, 10, 20, 20], [0, 0, 50, 50], [60, 10, 20, 20]],
    "labels": ["cell", "cell", "plate"],
    "image_sizes": SIZE,
}
FOUND = {
    "parents": ["one", "one", "two"],
    "boxes": [[0.1, 0.2, 0.3, 0.6], [0.9, 0, 1, 0.2], [0, 0, 0.45, 1]],
    "box_format": "xyxyn",
    "inferences": ["cell", "plate", "plate"],
    "confidences": [0.9, 0.4, 0.8],
    "metadata": [{"rank": 1}, {"rank": 2}, {"rank": 3}],
    "embeddings": np.eye(3, 4, dtype=np.float32),
    "model": "detector",
    "version": "1",
}


@pytest.fixture
def blood(client_of, alice) -> chroma.Project:
    return client_of(alice).project("Blood")


@pytest.fixture
def slides(blood) -> chroma.Dataset:
    slides = blood.dataset("slides")
    slides.log(["one", "two", "three"], texts=["a slide", "another slide", "an empty slide"])
    return slides


def test_boxes_of_both_sources_stand_beside_each_other(slides):
    assert slides.log_objects(**TRUTH) == chroma.Report(added=3)
    assert slides.log_objects(**FOUND) == chroma.Report(added=3)
    assert slides.log_objects(**TRUTH) == chroma.Report(unchanged=3)
    assert slides.keys() == ["one", "two", "three"]
    assert len(slides.keys(role="object")) == 6
    assert len(slides.keys(role=None)) == 9
    objects = list(slides.datapoints(role="object"))
    seen = {(point.parent, point.source, tuple(np.round(point.region, 4)), point.label) for point in objects}
    assert seen == {
        ("one", "ground_truth", (0.1, 0.2, 0.2, 0.4), "cell"),
        ("one", "ground_truth", (0.6, 0.2, 0.2, 0.4), "plate"),
        ("two", "ground_truth", (0, 0, 0.5, 1), "cell"),
        ("one", "detector 1", (0.1, 0.2, 0.2, 0.4), None),
        ("one", "detector 1", (0.9, 0, 0.1, 0.2), None),
        ("two", "detector 1", (0, 0, 0.45, 1), None),
    }
    found = next(point for point in objects if point.metadata.get("rank") == 3)
    assert found.inferences == (chroma.Inference("detector", "1", "plate", pytest.approx(0.8)),)
    assert slides.embeddings(layer="objects").shape == (3, 4)
    with pytest.raises(chroma.InvalidArgument, match="role: got 'box'"):
        slides.datapoints(role="box")
    assert [point.key for point in slides.datapoints(search="ANOTHER")] == ["two"]
    assert list(slides.datapoints(search="nothing")) == []


def test_what_is_not_there_any_more_is_removed_and_the_same_box_keeps_its_tags(slides):
    slides.log_objects(**TRUTH)
    slides.log_objects(**FOUND)
    (kept,) = [point.key for point in slides.datapoints(role="object") if point.parent == "two" and point.label]
    slides.tag("check", keys=[kept])
    assert slides.set_labels({kept: "plate"}, why="seen") == 1
    report = slides.log_objects(["two"], [[0, 0, 50, 50]], labels=["cell"], image_sizes=SIZE, images=["one", "two"])
    assert report == chroma.Report(unchanged=1, removed=2)
    (point,) = slides.datapoints(tag="check", role="object")
    assert (point.key, point.label) == (kept, "plate")
    assert len(slides.keys(role="object")) == 4
    report = slides.log_objects([], [], inferences=[], model="detector", version="1", images=["one", "two", "three"])
    assert report.removed == 3
    assert [each.source for each in slides.datapoints(role="object")] == ["ground_truth"]


def test_sessions_hold_whole_images(slides, monkeypatch):
    monkeypatch.setattr("chroma_sdk._stream.MOST_ROWS", 3)
    keys = [f"image-{number}" for number in range(4)]
    slides.log(keys)
    parents = [key for _ in range(2) for key in keys]
    boxes = [[0.1 * round, 0.1, 0.05, 0.05] for round in range(2) for _ in keys]
    assert slides.log_objects(parents, boxes, box_format="xywhn", labels=["x"] * 8) == chroma.Report(added=8)
    assert slides.log_objects(parents, boxes, box_format="xywhn", labels=["x"] * 8) == chroma.Report(unchanged=8)
    with pytest.raises(chroma.InvalidArgument, match="parents: 'image-0' has 4 boxes; at most 3 are allowed"):
        slides.log_objects(["image-0"] * 4, [[0.1, 0.1, 0.1, 0.1]] * 4, box_format="xywhn", labels=["x"] * 4)


def test_wrong_boxes_are_refused_whole(slides):
    for arguments, message in (
        ({"parents": ["one", "nobody", "two"]}, "nobody"),
        ({"image_sizes": None}, "size"),
        ({"boxes": [[10, 10, 20, 20], [0, 0, 500, 50], [60, 10, 20, 20]]}, "box"),
    ):
        with pytest.raises(chroma.BadInput, match=message):
            slides.log_objects(**TRUTH | arguments)
    assert slides.keys(role="object") == []


def test_found_objects_are_matched_and_scored(slides, blood, worker):
    slides.log_objects(**TRUTH)
    slides.log_objects(**FOUND)
    with pytest.raises(chroma.InvalidArgument, match="method: got 'greedy'"):
        blood.match_objects(slides, method="greedy")
    with pytest.raises(chroma.InvalidArgument, match="model: slides has no inferences with model='vit'; it has"):
        blood.match_objects(slides, model="vit")
    matched = blood.match_objects(slides, name="match")
    assert {"matched_count": 2, "missed_count": 1, "spurious_count": 1}.items() <= matched.summary.items()
    keys, iou = matched.scores(slides, "iou")
    assert keys == slides.scores("iou")[0]
    assert {0.9, 1.0} <= set(np.round(iou, 2).tolist())
    statuses = dict(zip(*matched.scores(slides, "status"), strict=True))
    assert set(statuses) <= set(slides.keys(role="object"))
    point = slides.datapoint(keys[int(np.argmax(iou))])
    assert point.scores["iou"] == pytest.approx(1)
    with pytest.raises(chroma.InvalidArgument, match=r"name: slides has no scores 'luck'; it has 'iou' of 'match'"):
        slides.scores("luck")
    assert matched.rename("first").name == "first"
    matched.delete()
    assert blood.analyses() == []
