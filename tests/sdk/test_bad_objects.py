"""Bad arguments of log_objects raise before any request and name the argument, what was got and what is wanted."""

from __future__ import annotations

import chroma_sdk as chroma
import numpy as np
import pytest

pytestmark = pytest.mark.holds(40)

GOOD = {"parents": ["a", "a", "b"], "boxes": [[0, 0, 5, 5], [1, 1, 5, 5], [0, 0, 9, 9]], "labels": ["x", "y", "x"]}

CASES = [
    ({"boxes": [[0, 0, 5, 5]]}, r"boxes: got shape \(1, 4\), wanted \(3, 4\): one xywh for each parent"),
    ({"boxes": np.zeros((3, 5))}, r"boxes: got shape \(3, 5\), wanted \(3, 4\)"),
    ({"boxes": [[0, 0, 5, 5], [1, 1, 0, 5], [0, 0, 9, 9]]}, r"boxes: row 1 is \[1, 1, 0, 5\]; xywh wants a width and"),
    ({"boxes": [[5, 5, 5, 9]] * 3, "box_format": "xyxy"}, r"boxes: row 0 is \[5, 5, 5, 9\]; xyxy wants x1 above x0"),
    ({"boxes": [[0, 0, np.nan, 5]] * 3}, r"boxes: row 0, column 2 is nan; numbers must be finite"),
    ({"boxes": [[0, 0, 5, 5]] * 3, "box_format": "xywhn"}, r"outside 0 to 1; are they pixels \(box_format='xywh'\)\?"),
    ({"box_format": "yolo"}, r"box_format: got 'yolo', wanted one of xywh, xyxy, xywhn, xyxyn"),
    ({"parents": ["a", None, "b"]}, r"parents: row 1 is empty; every box lies in an image"),
    ({"parents": ["a", "b"]}, r"boxes: got shape \(3, 4\), wanted \(2, 4\)|labels: got 3 values for 2 keys"),
    ({"labels": None}, r"labels: wanted labels \(ground truth\) or inferences"),
    ({"inferences": ["x"] * 3}, r"labels: got labels and inferences; .* two calls"),
    ({"probabilities": np.eye(3), "classes": ["x", "y", "z"]}, r"labels: got labels and probabilities"),
    ({"confidences": [1, 1, 1]}, r"confidences: they need inferences"),
    ({"keys": ["1", "2"]}, r"keys: got 2 keys for 3 datapoints"),
    ({"keys": ["1", "2", "1"]}, r"keys: '1' is there more than once"),
    ({"embeddings": np.zeros((2, 4))}, r"embeddings: got shape \(2, 4\), wanted \(3, d\)"),
    ({"image_sizes": [[1, 2, 3]] * 3}, r"image_sizes: got shape \(3, 3\), wanted \(width, height\), an array"),
    ({"image_sizes": (640, 0)}, r"image_sizes: row 0 is 640 x 0; both must be above 0"),
    ({"images": ["a", "c"]}, r"images: they lack 'b', the parent in row 2"),
]


@pytest.mark.parametrize(("arguments", "message"), CASES)
def test_a_wrong_argument_is_named_before_anything_is_sent(silent_dataset, arguments, message):
    with pytest.raises(chroma.InvalidArgument, match=message):
        silent_dataset.log_objects(**GOOD | arguments)


def test_an_image_with_more_boxes_than_a_session_holds_is_refused(silent_dataset):
    n = 20_001
    with pytest.raises(chroma.InvalidArgument, match="parents: 'a' has 20,001 boxes; at most 20,000 are allowed"):
        silent_dataset.log_objects(["a"] * n, np.ones((n, 4)), labels=["x"] * n)
