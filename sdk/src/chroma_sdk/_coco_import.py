"""Logs what COCO files hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chroma_sdk._coco import Coco, CocoImage, read_coco
from chroma_sdk._errors import InvalidArgument
from chroma_sdk._report import Report

if TYPE_CHECKING:
    from chroma_sdk._dataset import Dataset


@dataclass(frozen=True)
class CocoReport:
    """What importing COCO files did.

    Attributes
    ----------
    images, annotations : Report
    predictions : Report or None
        None where there were none.
    notes : list of str
        What was left out or aside, and why.
    """

    images: Report
    annotations: Report
    predictions: Report | None
    notes: list[str]

    def __str__(self) -> str:
        parts = {"images": self.images, "annotations": self.annotations, "predictions": self.predictions}
        return "\n".join([*(f"{name}: {report}" for name, report in parts.items() if report), *self.notes])


def import_coco(
    dataset: Dataset,
    annotations: Any,
    *,
    images: Any,
    predictions: Any,
    model: str | None,
    version: str | None,
    quiet: bool,
) -> CocoReport:
    """Log the images, the ground truth and the predictions of COCO files into a dataset."""
    content = read_coco(annotations, predictions)
    if content.found is not None and model is None:
        raise InvalidArgument("model", "predictions need the name of the model that made them.")
    known = list(content.images.values())
    keys = [image.name for image in known]
    files = None if images is None else _files(Path(images), known)
    logged = dataset.log(keys, files=files, quiet=quiet)
    of_all: dict[str, Any] = {
        "images": keys,
        "image_sizes": {image.name: image.size for image in known},
        "quiet": quiet,
    }
    return CocoReport(
        images=logged,
        annotations=dataset.log_objects(
            content.truth.parents,
            content.truth.boxes,
            labels=content.truth.categories,
            metadata=content.truth.metadata,
            **of_all,
        ),
        predictions=_log_predictions(dataset, content, model, version, of_all),
        notes=content.notes,
    )


def _log_predictions(
    dataset: Dataset, content: Coco, model: str | None, version: str | None, of_all: dict[str, Any]
) -> Report | None:
    if content.found is None:
        return None
    return dataset.log_objects(
        content.found.parents,
        content.found.boxes,
        inferences=content.found.categories,
        confidences=content.found.scores,
        model=model,
        version=version,
        **of_all,
    )


def _files(folder: Path, images: Sequence[CocoImage]) -> list[Path]:
    files = [folder / image.name for image in images]
    missing = [path for path in files if not path.is_file()]
    if missing:
        raise InvalidArgument("images", f"{len(missing):,} of {len(files):,} are missing, first {str(missing[0])!r}.")
    return files
