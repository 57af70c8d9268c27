"""COCO: contexts are images, ground truth is annotations, what models found is predictions with scores."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import IO, Any

import pyarrow as pa

from apps.common.errors import Conflict
from apps.curation.column_names import GROUND_TRUTH

LISTS = ("images", "annotations", "predictions")
# So that boxes, which are kept to seven digits of the image's size, come back as they were.
DIGITS = 7
Row = dict[str, Any]


class CocoFile:
    """Each list grows in a file of its own; closing puts them into one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._parts = {name: path.with_name(f"{path.name}.{name}") for name in LISTS}
        self._handles: dict[str, IO[str]] = {
            name: part.open("w", encoding="utf-8") for name, part in self._parts.items()
        }
        self._counts = dict.fromkeys(LISTS, 0)
        self._images: dict[tuple[str, str], int] = {}
        self._categories: dict[str, int] = {}

    def write(self, batch: pa.RecordBatch) -> None:
        for row in batch.to_pylist():
            image = self._image(row)
            if row["role"] == "object":
                self._object(row, image)

    def close(self) -> None:
        for handle in self._handles.values():
            handle.close()
        categories = [{"id": number, "name": name} for name, number in self._categories.items()]
        with self._path.open("wb") as whole:
            whole.write(
                b'{"info": {"description": "Exported from Chroma"}, "categories": ' + _json(categories).encode()
            )
            for name, part in self._parts.items():
                whole.write(f', "{name}": ['.encode())
                with part.open("rb") as written:
                    shutil.copyfileobj(written, whole)
                whole.write(b"]")
                part.unlink()
            whole.write(b"}\n")

    def _image(self, row: Row) -> int:
        """The image's number; written where it is seen first, be it through an object."""
        place = (row["dataset"], row["image_key"])
        if place not in self._images:
            self._images[place] = len(self._images) + 1
            self._write(
                "images",
                {
                    "file_name": row["image_name"] or row["image_key"],
                    "width": row["image_width"],
                    "height": row["image_height"],
                    "key": row["image_key"],
                    "dataset": row["dataset"],
                    "file": row["image_file"],
                },
            )
        return self._images[place]

    def _object(self, row: Row, image: int) -> None:
        width, height = row["image_width"], row["image_height"]
        if not (width and height):
            raise Conflict(
                f"COCO needs boxes in pixels, and the size of the image {row['image_key'][:100]!r} is not known to the "
                "server; export as Parquet or JSONL, whose boxes are shares of the image."
            )
        box = [row["box_x"] * width, row["box_y"] * height, row["box_width"] * width, row["box_height"] * height]
        bbox = [round(number, DIGITS) for number in box]
        found = {
            "image_id": image,
            "bbox": bbox,
            "area": round(bbox[2] * bbox[3], DIGITS),
            "iscrowd": 0,
            "key": row["key"],
        }
        if row["source"] == GROUND_TRUTH:
            if row["label"] is not None:
                self._write("annotations", found | {"category_id": self._category(row["label"])})
            return
        inference, confidence = self._inference(row)
        if inference is not None:
            facts = {"category_id": self._category(inference), "score": confidence, "model": row["source"]}
            self._write("predictions", found | facts)

    def _inference(self, row: Row) -> tuple[str | None, float | None]:
        """What the model that found the object infers."""
        model = row["source"]
        if row["inference_model"] == model:
            return row["inference"], row["confidence"]
        return row.get(f"inference:{model}"), row.get(f"confidence:{model}")

    def _category(self, name: str) -> int:
        return self._categories.setdefault(name, len(self._categories) + 1)

    def _write(self, name: str, record: dict[str, Any]) -> None:
        handle = self._handles[name]
        handle.write(", \n" if self._counts[name] else "\n")
        self._counts[name] += 1
        handle.write(_json({"id": self._counts[name]} | record))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
