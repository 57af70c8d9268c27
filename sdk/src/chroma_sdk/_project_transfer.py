"""Getting data out of a project."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from chroma_sdk._dataset import Dataset
from chroma_sdk._documents.exports import EXPORTS
from chroma_sdk._embedding_set import EmbeddingSet
from chroma_sdk._errors import InvalidArgument
from chroma_sdk._export import Export
from chroma_sdk._exporting import export_to, start_export
from chroma_sdk._listing import Listing
from chroma_sdk._project_part import ProjectPart
from chroma_sdk._slice import Slice


class ProjectTransfer(ProjectPart):
    """Exports."""

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


def _scope(dataset: Dataset | None, slice: Slice | None) -> dict[str, str | None]:
    if (dataset is None) == (slice is None):
        raise InvalidArgument("dataset", "wanted exactly one of dataset and slice.")
    return {"dataset_id": None if dataset is None else dataset.id, "slice_id": None if slice is None else slice.id}
