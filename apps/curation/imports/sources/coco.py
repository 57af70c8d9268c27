"""COCO: images become contexts; annotations and predictions become the objects inside of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from apps.common.bodies import parse_json
from apps.common.errors import BadUserInput, LimitExceeded
from apps.curation.column_names import GROUND_TRUTH
from apps.curation.imports.problems import Problems
from apps.curation.imports.sources.source import ROWS_A_BATCH, Numbered
from apps.curation.models import ImportFormat

# It is held in memory as a whole.
LARGEST = 256 * 1024 * 1024
SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("key", "role", "parent", "file", "source", "label", "inference")),
        ("confidence", pa.float64()),
        ("box", pa.list_(pa.float64())),
    ]
)
Record = dict[str, Any]
# What images and categories are named by.
Id = int | str


class WrongText(ValueError):
    """Something else where a text belongs."""


class CocoSource:
    """Rows are numbered in the order images, annotations, predictions. Boxes are `[x, y, width, height]` in pixels."""

    format = ImportFormat.COCO

    def __init__(self, path: Path) -> None:
        if path.stat().st_size > LARGEST:
            raise LimitExceeded(f"A COCO file may have {LARGEST // 2**20} MiB; split it, or log it through the SDK.")
        data = parse_json(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
        if not isinstance(data, dict) or not isinstance(data.get("images"), list):
            raise BadUserInput("This JSON is neither COCO, which has a list of images, nor one JSON object a line.")
        for name in ("annotations", "predictions", "categories"):
            if not isinstance(data.setdefault(name, []), list):
                raise BadUserInput(f"{name!r} of a COCO file must be a list.")
        self._data = data

    def columns(self) -> list[str]:
        return list(SCHEMA.names)

    def batches(self, problems: Problems) -> Iterator[Numbered]:
        rows = self._rows(problems)
        while some := list(islice(rows, ROWS_A_BATCH)):
            numbers = np.array([number for number, _ in some], dtype=np.int64)
            yield numbers, pa.Table.from_pylist([record for _, record in some], schema=SCHEMA)

    def _rows(self, problems: Problems) -> Iterator[tuple[int, Record]]:
        images: dict[Id, Record] = {}
        categories = self._categories()
        for number, image in enumerate(self._data["images"], start=1):
            key = image.get("key") or image.get("file_name") if isinstance(image, dict) else None
            file = image.get("file") or image.get("file_name") if isinstance(image, dict) else None
            if not (isinstance(key, str) and isinstance(file, str | None) and isinstance(image.get("id"), Id)):
                problems.add(number, "images", "an image needs an id, which is a number or text, and a file_name.")
            elif image["id"] in images:
                problems.add(number, "images", f"the id {str(image['id'])[:100]} is that of another image, too.")
            else:
                images[image["id"]] = image | {"key": key}
                yield number, {"key": key, "role": "context", "file": file}
        count = len(self._data["images"])
        for list_name in ("annotations", "predictions"):
            for number, each in enumerate(self._data[list_name], start=count + 1):
                try:
                    yield number, _object(each, images, categories, is_prediction=list_name == "predictions")
                except (KeyError, TypeError, ValueError, ArithmeticError) as problem:
                    problems.add(number, list_name, _explained(problem))
            count += len(self._data[list_name])

    def _categories(self) -> dict[Id, str]:
        categories: dict[Id, str] = {}
        for each in self._data["categories"]:
            if not (isinstance(each, dict) and isinstance(each.get("id"), Id) and isinstance(each.get("name"), str)):
                raise BadUserInput("Every category of a COCO file needs an id, which is a number or text, and a name.")
            if categories.setdefault(each["id"], each["name"]) != each["name"]:
                raise BadUserInput(f"Two categories of the COCO file have the id {str(each['id'])[:100]}.")
        return categories


def _object(each: Record, images: dict[Id, Record], categories: dict[Id, str], *, is_prediction: bool) -> Record:
    image = images[each["image_id"]]
    name = categories[each["category_id"]]
    width, height = float(image["width"]), float(image["height"])
    x, y, box_width, box_height = map(float, each["bbox"])
    record = {
        "key": _text(each, "key"),
        "role": "object",
        "parent": image["key"],
        "box": [x / width, y / height, box_width / width, box_height / height],
    }
    if is_prediction:
        score = each.get("score")
        confidence = None if score is None else float(score)
        return record | {"source": _text(each, "model"), "inference": name, "confidence": confidence}
    return record | {"source": GROUND_TRUTH, "label": name}


def _text(each: Record, field: str) -> str | None:
    value = each.get(field)
    if not isinstance(value, str | None):
        raise WrongText(f"{field} must be a text.")
    return value


def _explained(problem: Exception) -> str:
    if isinstance(problem, KeyError):
        named = str(problem.args[0])[:100]
        return f"{named} is missing, or names an image or category that the file does not have."
    if isinstance(problem, WrongText):
        return str(problem)
    return "bbox must be four numbers [x, y, width, height], score a number, and the image's width and height above 0."
