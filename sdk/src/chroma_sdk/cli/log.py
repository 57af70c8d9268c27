"""`chroma-sdk log`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from chroma_sdk._table import read_arguments, read_vectors
from chroma_sdk.cli._options import AsJson, InProject, Kind, OfLayer, OfModel, OfVersion, ParquetFile, Quiet, in_client
from chroma_sdk.cli._output import say

IntoDataset = Annotated[str, typer.Option("--dataset", "-d", help="Made if it is missing.")]
KindOption = Annotated[Kind | None, typer.Option(help="What the dataset is for.")]
Vectors = Annotated[
    Path | None, typer.Option(help="The embeddings: a .npy file, shape (n, d).", exists=True, dir_okay=False)
]


def log(
    file: ParquetFile,
    project: InProject,
    dataset: IntoDataset,
    kind: KindOption = None,
    vectors: Vectors = None,
    model: OfModel = None,
    version: OfVersion = None,
    layer: OfLayer = None,
    key: Annotated[str | None, typer.Option(help="Column of the keys, if it is not key or id.")] = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Log the rows of a Parquet file. A missing project or dataset is made.

    Columns: key (or id), label, inference (or prediction), confidence, text, uri, file (or path), embedding; all others
    are metadata.

    Example: chroma-sdk log table.parquet -p MNIST -d train --kind training --vectors vectors.npy --model cnn
    """
    with in_client() as client:
        arguments = read_arguments(file, {"keys": key} if key else None)
        if vectors is not None:
            arguments["embeddings"] = read_vectors(vectors)
        target = client.project(project).dataset(dataset, kind=kind and kind.value)
        report = target.log(**arguments, model=model, version=version, layer=layer, quiet=quiet or as_json)
        say(str(report), asdict(report), as_json)
