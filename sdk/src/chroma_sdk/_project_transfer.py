"""Getting data out of a project, and into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from chroma_sdk._dataset import Dataset
from chroma_sdk._dataset_names import check_kind
from chroma_sdk._documents.exports import EXPORTS
from chroma_sdk._documents.imports import IMPORTS
from chroma_sdk._embedding_set import EmbeddingSet
from chroma_sdk._errors import InvalidArgument
from chroma_sdk._export import Export
from chroma_sdk._exporting import export_to, start_export
from chroma_sdk._import import Import
from chroma_sdk._importing import send_file
from chroma_sdk._listing import Listing
from chroma_sdk._project_part import ProjectPart
from chroma_sdk._slice import Slice


class ProjectTransfer(ProjectPart):
    """Exports and imports."""

    def exports(self) -> Listing[Export]:
        """Return the exports that the server still keeps, newest first."""
        return self._list(EXPORTS, Export)

    def export(
        self,
        path: str | Path,
        *,
        dataset: Dataset | None = None,
        slice: Slice | None = None,
        format: str | None = None,
        embeddings: Sequence[str | EmbeddingSet] = (),
        include_objects: bool = True,
        quiet: bool = False,
    ) -> Path:
        """Export a dataset or a slice into a file: a background job writes it, then it is downloaded and checked.

        Parameters
        ----------
        path : str or Path
            Where the file goes.
        dataset : Dataset
            Exactly one of dataset and slice.
        slice : Slice
        format : {"parquet", "csv", "jsonl", "coco", "keys"}, optional
            Otherwise the end of the path says it: .parquet, .csv, .jsonl, .json (COCO), .txt (keys); else Parquet.
        embeddings : sequence of str or EmbeddingSet, default ()
            Whose vectors to add: names of layers, or embedding sets.
        include_objects : bool, default True
            Whether the objects inside of the datapoints are exported too.
        quiet : bool, default False
            Show no progress bar.

        Returns
        -------
        path : Path
            Where the file is.
        """
        return export_to(
            self._home,
            path,
            **_scope(dataset, slice),
            format=format,
            embeddings=embeddings,
            include_objects=include_objects,
            quiet=quiet,
        )

    def create_export(
        self,
        *,
        dataset: Dataset | None = None,
        slice: Slice | None = None,
        format: str = "parquet",
        embeddings: Sequence[str | EmbeddingSet] = (),
        include_objects: bool = True,
    ) -> Export:
        """Start an export without waiting for it; the arguments are those of `export`."""
        return start_export(
            self._home,
            **_scope(dataset, slice),
            format=format,
            embeddings=embeddings,
            include_objects=include_objects,
        )

    def imports(self) -> Listing[Import]:
        """Return the files that were sent to be logged, newest first."""
        return self._list(IMPORTS, Import)

    def import_file(
        self,
        path: str | Path,
        *,
        dataset: Dataset | str,
        kind: str | None = None,
        mapping: Mapping[str, str] | None = None,
        model: str | None = None,
        version: str | None = None,
        layer: str | None = None,
        skip_bad_rows: bool = False,
        quiet: bool = False,
    ) -> Import:
        """Log a Parquet, CSV, JSONL or COCO file, or a ZIP file of one and the images that it names.

        The file is sent in chunks (call it again after an interruption: it goes on), looked at, checked row by row, and
        then logged: all of it or nothing. What `export` writes can be imported again, and nothing is lost.

        Parameters
        ----------
        path : str or Path
            At most 4 GiB.
        dataset : Dataset or str
            Where the rows go; a missing one is made, once all rows are checked.
        kind : {"training", "test", "validation", "production", "other"}, optional
            Of a dataset that is made.
        mapping : Mapping, optional
            Which column is which field, such as ``{"image_id": "key", "x": "skip"}``, where the names do not say it.
            Fields: key, label, inference, confidence, text, uri, file, tags, metadata:<name>, embedding, probabilities,
            parent, box, skip.
        model, version, layer : str, optional
            Where inferences and embeddings come from.
        skip_bad_rows : bool, default False
            Log the good rows, where there are bad ones.
        quiet : bool, default False
            Show no progress bar.

        Returns
        -------
        import : Import
            With `report`, and with `errors` where bad rows were skipped.

        Raises
        ------
        ImportFailed
            Rows cannot be logged; it lists them, and nothing was logged.
        """
        name = dataset.name if isinstance(dataset, Dataset) else dataset
        check_kind(kind)
        sent = send_file(self._home, Path(path), quiet=quiet).wait(quiet=quiet)
        started = sent.start(
            name,
            kind=kind,
            mapping=mapping,
            model=model,
            version=version,
            layer=layer,
            skip_bad_rows=skip_bad_rows,
        )
        return started.wait(quiet=quiet)


def _scope(dataset: Dataset | None, slice: Slice | None) -> dict[str, str | None]:
    if (dataset is None) == (slice is None):
        raise InvalidArgument("dataset", "wanted exactly one of dataset and slice.")
    return {"dataset_id": None if dataset is None else dataset.id, "slice_id": None if slice is None else slice.id}
