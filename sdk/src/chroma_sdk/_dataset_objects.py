"""Objects: regions inside the images of a dataset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from chroma_sdk._batch import Batch, make_batch
from chroma_sdk._boxes import as_boxes, as_image_sizes
from chroma_sdk._dataset_names import origin_of
from chroma_sdk._dataset_part import DatasetPart
from chroma_sdk._object_batch import (
    as_parents,
    check_one_source,
    group,
    images_without_box,
    reordered,
    without_objects,
)
from chroma_sdk._progress import Progress
from chroma_sdk._report import Report
from chroma_sdk._upload import upload

# Which rows make a session; None where any may.
Spans = list[tuple[int, int]] | None


class DatasetObjects(DatasetPart):
    """Ground-truth and predicted boxes."""

    def log_objects(
        self,
        parents: Any,
        boxes: Any,
        *,
        box_format: str = "xywh",
        image_sizes: Mapping[str, Sequence[float]] | Any = None,
        keys: Any = None,
        labels: Any = None,
        inferences: Any = None,
        confidences: Any = None,
        probabilities: Any = None,
        classes: Sequence[str] | None = None,
        metadata: Any = None,
        embeddings: Any = None,
        model: str | None = None,
        version: str | None = None,
        layer: str = "objects",
        images: Any = None,
        quiet: bool = False,
    ) -> Report:
        """Log boxes inside images that are logged already: ground truth with `labels`, a model's with `inferences`.

        All boxes of one image belong in one call: they replace what was logged for it before, by the same source. The
        same box again is the same datapoint, and keeps its tags and corrections; one that is not there any more is
        removed. Ground truth and the objects of each trained model stand beside each other.

        Parameters
        ----------
        parents : sequence of str or int, length n
            The key of the image that each box lies in.
        boxes : array-like of shape (n, 4)
        box_format : {"xywh", "xyxy", "xywhn", "xyxyn"}, default "xywh"
            Left, top, width, height, or two corners; in pixels, or ("n") normalised: 0 to 1 of the image's size.
        image_sizes : pair, array-like of shape (n, 2) or dict of pairs by parent, optional
            Width and height in pixels. Needed for boxes in pixels where the server cannot read the image.
        keys : sequence of str or int, optional
            Your stable name for each object; otherwise made from the image, the source and the box.
        labels : sequence of str or int
            What the objects are in truth. Exactly one of labels and inferences.
        inferences : sequence of str or int
            What the model says that they are; or `probabilities` and `classes`, as in `Dataset.log`.
        confidences : sequence of float, optional
            From 0 to 1.
        probabilities : array-like of shape (n, n_classes), optional
        classes : sequence of str
            Names of the columns of `probabilities`, required with them.
        metadata : sequence of dict, dict of sequences, pandas DataFrame or Arrow table, optional
        embeddings : array-like of shape (n, d), optional
            One vector for each box, such as of its crop.
        model, version : str, optional
            The trained model that found the objects, and that gave the embeddings.
        layer : str, default "objects"
            Where the embeddings come from.
        images : sequence of str or int, optional
            All images that are meant: those without a box in this call lose theirs.
        quiet : bool, default False
            Show no progress bar.

        Returns
        -------
        report : Report
            With `report.removed`, how many objects are gone.

        Raises
        ------
        InvalidArgument
            Something is wrong with an argument; nothing was sent.
        """
        origin = origin_of(model, version, layer)
        objects = {"role": "object", "source": check_one_source(labels, inferences, probabilities)}
        found = as_parents(parents)
        batch = make_batch(
            keys=np.arange(len(found)) if keys is None else keys,
            rows=len(found),
            labels=labels,
            inferences=inferences,
            confidences=confidences,
            probabilities=probabilities,
            classes=classes,
            metadata=metadata,
            embeddings=embeddings,
        )
        batch.has_keys = keys is not None
        batch.columns |= {"parent": found, "box": as_boxes(boxes, len(found), box_format)}
        if image_sizes is not None:
            batch.columns["image_size"] = as_image_sizes(image_sizes, found.to_pylist())
        grouping = group(found)
        batches: list[tuple[Batch, Spans]] = [(reordered(batch, grouping.order), grouping.spans(batch))]
        if images is not None:
            batches.append((without_objects(images_without_box(images, found)), None))
        report = Report()
        title = f"{self._home.project_name} {self.name}"
        with Progress(title, sum(len(each) for each, _ in batches), quiet=quiet) as progress:
            for each, spans in batches:
                report += upload(
                    self._connection,
                    project_id=self._home.project_id,
                    dataset_id=self.id,
                    batch=each,
                    origin=origin,
                    progress=progress,
                    spans=spans,
                    objects=objects | {"box_format": box_format},
                )
        return report
