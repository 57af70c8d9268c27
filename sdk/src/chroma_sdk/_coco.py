"""Reads the JSON of COCO: instances (images, annotations, categories) and results (what a detector found)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chroma_sdk._errors import InvalidArgument


@dataclass(frozen=True)
class CocoImage:
    """An image: its file's name is its key."""

    name: str
    size: tuple[float, float]


@dataclass
class CocoBoxes:
    """Boxes, one value for each in every list."""

    parents: list[str] = field(default_factory=list)
    boxes: list[list[float]] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    metadata: list[dict[str, Any]] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)


@dataclass
class Coco:
    """What the files hold, with names in place of ids, and what of them is left aside."""

    images: dict[Any, CocoImage]
    truth: CocoBoxes
    found: CocoBoxes | None
    notes: list[str]


def read_coco(annotations: Any, predictions: Any) -> Coco:
    """Read and check both files; raises InvalidArgument, which says where something is wrong."""
    content = _loaded("annotations", annotations)
    if not isinstance(content, Mapping):
        raise InvalidArgument("annotations", "wanted an object with images, annotations and categories.")
    images = _images(_listed(content, "images"))
    categories = {each["id"]: str(each["name"]) for each in _listed(content, "categories", "id", "name")}
    notes: list[str] = []
    truth = _truth(_listed(content, "annotations", "id", "image_id", "category_id", "bbox"), images, categories, notes)
    return Coco(images, truth, None if predictions is None else _found(predictions, images, categories, notes), notes)


def _truth(
    annotations: Sequence[Any], images: dict[Any, CocoImage], categories: dict[Any, str], notes: list[str]
) -> CocoBoxes:
    crowds = [each for each in annotations if each.get("iscrowd")]
    single = [each for each in annotations if not each.get("iscrowd")]
    _note(notes, len(crowds), "boxes of crowds (iscrowd) are left out: they mark many objects at once")
    _note(notes, sum(1 for each in single if each.get("segmentation")), "segmentations are left aside: boxes are kept")
    truth = _boxes("annotations", single, images, categories, notes)
    truth.metadata = [{"coco_id": each["id"]} for each in single if _has_extent(each["bbox"])]
    return truth


def _found(predictions: Any, images: dict[Any, CocoImage], categories: dict[Any, str], notes: list[str]) -> CocoBoxes:
    results = _loaded("predictions", predictions)
    if not isinstance(results, Sequence):
        raise InvalidArgument("predictions", f"got {type(results).__name__}, wanted a list of results.")
    _check_fields("predictions", results, "image_id", "category_id", "bbox", "score")
    found = _boxes("predictions", results, images, categories, notes)
    found.scores = [float(each["score"]) for each in results if _has_extent(each["bbox"])]
    return found


def _boxes(
    argument: str, entries: Sequence[Any], images: dict[Any, CocoImage], categories: dict[Any, str], notes: list[str]
) -> CocoBoxes:
    found = CocoBoxes()
    for place, entry in enumerate(entries):
        where = f"{argument}[{place}]" if entry.get("id") is None else f"the entry with id {entry['id']!r}"
        if entry["image_id"] not in images:
            raise InvalidArgument(argument, f"{where} is about image {entry['image_id']!r}, which is not in images.")
        if entry["category_id"] not in categories:
            raise InvalidArgument(argument, f"{where} is of category {entry['category_id']!r}, which is not there.")
        if len(entry["bbox"]) != 4:
            raise InvalidArgument(argument, f"{where} has a bbox of {len(entry['bbox'])} numbers, wanted 4.")
        if _has_extent(entry["bbox"]):
            found.parents.append(images[entry["image_id"]].name)
            found.boxes.append([float(number) for number in entry["bbox"]])
            found.categories.append(categories[entry["category_id"]])
    _note(notes, len(entries) - len(found.boxes), f"{argument} whose box has no width or no height are left out")
    return found


def _images(entries: Sequence[Any]) -> dict[Any, CocoImage]:
    _check_fields("annotations", entries, "id", "file_name", "width", "height")
    images = {each["id"]: CocoImage(each["file_name"], (each["width"], each["height"])) for each in entries}
    if len({image.name for image in images.values()}) != len(entries):
        raise InvalidArgument("annotations", "two images have the same id or file_name.")
    return images


def _listed(content: Mapping[str, Any], name: str, *fields: str) -> Sequence[Any]:
    entries = content.get(name)
    if not isinstance(entries, Sequence) or isinstance(entries, str):
        raise InvalidArgument("annotations", f"there is no list {name!r}; is this the JSON of COCO instances?")
    _check_fields(name, entries, *fields)
    return entries


def _check_fields(argument: str, entries: Sequence[Any], *fields: str) -> None:
    for place, entry in enumerate(entries):
        missing = [name for name in fields if not isinstance(entry, Mapping) or name not in entry]
        if missing:
            raise InvalidArgument(argument, f"entry {place} has no {missing[0]!r}.")


def _loaded(argument: str, value: Any) -> Any:
    if not isinstance(value, (str, Path)):
        return value
    try:
        return json.loads(Path(value).read_text())
    except OSError as problem:
        raise InvalidArgument(argument, f"there is no file {str(value)!r} that can be read.") from problem
    except ValueError as problem:
        raise InvalidArgument(argument, f"{str(value)!r} holds no JSON ({problem}).") from problem


def _has_extent(box: Sequence[float]) -> bool:
    return box[2] > 0 and box[3] > 0


def _note(notes: list[str], count: int, what: str) -> None:
    if count:
        notes.append(f"{count:,} {what}.")
