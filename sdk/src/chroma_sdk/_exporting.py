"""Starts exports of a dataset or a slice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from chroma_sdk._documents.arrays import EMBEDDING_SETS
from chroma_sdk._documents.exports import CREATE_EXPORT
from chroma_sdk._embedding_set import EmbeddingSet
from chroma_sdk._errors import InvalidArgument
from chroma_sdk._export import Export, as_format, check_folder
from chroma_sdk._home import Home
from chroma_sdk._listing import Listing


def start_export(
    home: Home,
    *,
    dataset_id: str | None = None,
    slice_id: str | None = None,
    format: str,
    embeddings: Sequence[str | EmbeddingSet] = (),
    include_objects: bool = True,
) -> Export:
    """Start the background job that writes the file."""
    asked = {
        "projectId": home.project_id,
        "format": as_format(format, ""),
        "datasetId": dataset_id,
        "sliceId": slice_id,
        "embeddingSetIds": _embedding_set_ids(home, embeddings, dataset_id),
        "includeObjects": include_objects,
        # Programs read CSV as it is; the web page writes it for spreadsheets.
        "spreadsheetSafe": False,
    }
    return Export(home, home.connection.mutate(CREATE_EXPORT, asked, repeatable=False)["export"])


def export_to(
    home: Home,
    path: str | Path,
    *,
    dataset_id: str | None = None,
    slice_id: str | None = None,
    format: str | None,
    embeddings: Sequence[str | EmbeddingSet],
    include_objects: bool,
    quiet: bool,
) -> Path:
    """Write an export, download it, and return where it is."""
    chosen = as_format(format, path).lower()
    check_folder(Path(path))
    made = start_export(
        home,
        dataset_id=dataset_id,
        slice_id=slice_id,
        format=chosen,
        embeddings=embeddings,
        include_objects=include_objects,
    )
    return made.wait(quiet=quiet).download(path, quiet=quiet)


def _embedding_set_ids(home: Home, wanted: Sequence[str | EmbeddingSet], dataset_id: str | None) -> list[str]:
    if isinstance(wanted, str):
        raise InvalidArgument("embeddings", f"got {wanted!r}, wanted a list such as [{wanted!r}].")
    if not wanted:
        return []
    asked = {"projectId": home.project_id, "datasetId": dataset_id}
    known = list(Listing(home.connection, EMBEDDING_SETS, asked, lambda node: EmbeddingSet(home, node)))
    found: dict[str, None] = {}
    for each in wanted:
        fitting = [each.id] if isinstance(each, EmbeddingSet) else [it.id for it in known if it.layer == each]
        if not fitting:
            layers = ", ".join(sorted({it.layer for it in known})) or "none"
            raise InvalidArgument("embeddings", f"there is no layer {each!r}; there are {layers}.")
        found.update(dict.fromkeys(fitting))
    return list(found)
