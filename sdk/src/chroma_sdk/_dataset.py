"""A dataset: logging to it, and everything else about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from chroma_sdk._batch import Batch, make_batch
from chroma_sdk._coco_import import CocoReport, import_coco
from chroma_sdk._dataset_names import as_kind, origin_of
from chroma_sdk._dataset_objects import DatasetObjects
from chroma_sdk._dataset_reading import DatasetReading
from chroma_sdk._dataset_similar import DatasetSimilar
from chroma_sdk._documents.datasets import CHANGE_DATASET_KIND, DELETE_DATASET, RENAME_DATASET
from chroma_sdk._embedding_set import EmbeddingSet
from chroma_sdk._exporting import export_to
from chroma_sdk._job import Job, job_of
from chroma_sdk._origin import Origin
from chroma_sdk._progress import Progress
from chroma_sdk._report import Report
from chroma_sdk._upload import upload


class Dataset(DatasetReading, DatasetObjects, DatasetSimilar):
    """An ordered collection of datapoints. Get one from `Project.dataset`.

    Attributes
    ----------
    id : str
    name : str
    kind : str
        "training", "test", "validation", "production" or "other".
    datapoint_count : int
        How many whole resources it held when it was asked for.
    object_count : int
        How many objects lie inside of them.
    labelled_count : int
        How many of them have a label.
    """

    def __repr__(self) -> str:
        return f"<Dataset {self.name!r} ({self.kind}) of {self._home.project_name!r}>"

    def log(
        self,
        keys: Any,
        *,
        files: Any = None,
        texts: Any = None,
        uris: Any = None,
        labels: Any = None,
        inferences: Any = None,
        confidences: Any = None,
        probabilities: Any = None,
        classes: Sequence[str] | None = None,
        metadata: Any = None,
        embeddings: Any = None,
        model: str | None = None,
        version: str | None = None,
        layer: str | None = None,
        quiet: bool = False,
    ) -> Report:
        """Log datapoints, or more about datapoints that are already there.

        Every argument but `keys` may be absent and come later, by key. Sequences may be lists, numpy arrays, pandas or
        Arrow columns or torch tensors with one value per key. In them None leaves what is stored and `chroma_sdk.CLEAR`
        removes it. Logging what is already stored changes nothing, and leaves a label that somebody corrected since.

        All arguments are checked before the first request. Rows are then sent in sessions of at most 20,000, each taken
        whole or not at all; after an interruption call it again with the same arguments.

        Parameters
        ----------
        keys : sequence of str or int
            Your stable name for each datapoint, unique in the dataset, 1 to 200 characters.
        files : sequence, optional
            Local paths, bytes, PIL images or image arrays: (height, width) or (height, width, 3 | 4), uint8 or floats
            from 0 to 1. Uploaded once per project; at most 15 MiB each. A datapoint has one of file, text and URI.
        texts : sequence of str, optional
        uris : sequence of str, optional
            References only; the server does not fetch them.
        labels : sequence of str or int, optional
            Names of categories; a missing category is made.
        inferences : sequence of str or int, optional
            What the model says. Absent but with `probabilities`: the class of the greatest one.
        confidences : sequence of float, optional
            From 0 to 1. Absent but with `probabilities`: the probability of the inference.
        probabilities : array-like of shape (n, n_classes), optional
        classes : sequence of str
            Names of the columns of `probabilities`, required with them.
        metadata : sequence of dict, dict of sequences, pandas DataFrame or Arrow table, optional
            Numbers, booleans and strings, merged by name; dates become strings.
        embeddings : array-like of shape (n, d), optional
            Of float16, float32 or float64, finite; kept bit for bit.
        model, version, layer : str, optional
            Where inferences and embeddings come from. A new version stands beside the old one.
        quiet : bool, default False
            Show no progress bar.

        Returns
        -------
        report : Report
            How many datapoints were added, updated and unchanged.

        Raises
        ------
        InvalidArgument
            Something is wrong with an argument; nothing was sent.
        """
        origin = origin_of(model, version, layer)
        batch = make_batch(
            keys=keys,
            files=files,
            texts=texts,
            uris=uris,
            labels=labels,
            inferences=inferences,
            confidences=confidences,
            probabilities=probabilities,
            classes=classes,
            metadata=metadata,
            embeddings=embeddings,
        )
        return self.send(batch, origin, quiet=quiet)

    def send(self, batch: Batch, origin: Origin, *, quiet: bool = False) -> Report:
        """Log a batch that was checked before, as recordings hold them."""
        with Progress(f"{self._home.project_name} {self.name}", len(batch), quiet=quiet) as progress:
            return upload(
                self._connection,
                project_id=self._home.project_id,
                dataset_id=self.id,
                batch=batch,
                origin=origin,
                progress=progress,
            )

    def import_coco(
        self,
        annotations: str | Path | Mapping[str, Any],
        *,
        images: str | Path | None = None,
        predictions: str | Path | Sequence[Any] | None = None,
        model: str | None = None,
        version: str | None = None,
        quiet: bool = False,
    ) -> CocoReport:
        """Log the images and boxes of COCO files that lie on this machine. Images are keyed by their file's name.

        `Project.import_file` takes what `export` wrote as COCO, whole.

        Importing again replaces the boxes: those that are not in the files any more are removed.

        Parameters
        ----------
        annotations : path or dict
            The JSON of COCO instances: images, annotations and categories, which count by name. Boxes of crowds
            (iscrowd) and boxes without a width or height are left out, segmentations are left aside; `notes` say so.
        images : path, optional
            The folder that the files of the images are in. Without it only names and boxes are logged.
        predictions : path or list, optional
            The JSON of COCO results: image_id, category_id, bbox and score.
        model, version : str, optional
            Who made the predictions; required with them.
        quiet : bool, default False
            Show no progress bar.

        Returns
        -------
        report : CocoReport

        Raises
        ------
        InvalidArgument
            Something is wrong in a file; nothing was sent.
        """
        return import_coco(
            self, annotations, images=images, predictions=predictions, model=model, version=version, quiet=quiet
        )

    def export(
        self,
        path: str | Path,
        *,
        format: str | None = None,
        embeddings: Sequence[str | EmbeddingSet] = (),
        include_objects: bool = True,
        quiet: bool = False,
    ) -> Path:
        """Export it into a file and return where it is; the arguments are those of `Project.export`."""
        return export_to(
            self._home,
            path,
            dataset_id=self.id,
            format=format,
            embeddings=embeddings,
            include_objects=include_objects,
            quiet=quiet,
        )

    def rename(self, name: str) -> Dataset:
        """Give it another name, and return it. Raises Conflict if the project has a dataset of that name."""
        self._take(self._mutate(RENAME_DATASET, name=name)["dataset"])
        return self

    def change_kind(self, kind: str) -> Dataset:
        """Say what it is for ("training", "test", "validation", "production" or "other"), and return it."""
        self._take(self._mutate(CHANGE_DATASET_KIND, kind=as_kind(kind))["dataset"])
        return self

    def delete(self) -> Job | None:
        """Delete it with everything in it.

        It is gone at once; the job that is returned clears away what it held.
        """
        return job_of(self._home, self._mutate(DELETE_DATASET, confirmName=self.name))

    def _read(self, stored: Any) -> None:
        self.name: str = stored["name"]
        self.kind: str = stored["kind"].lower()
        self.datapoint_count: int = stored["datapointCount"]
        self.object_count: int = stored["objectCount"]
        self.labelled_count: int = stored["labelledCount"]
