"""`chroma-sdk log-objects` and `import-coco`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from chroma_sdk._object_table import read_object_arguments
from chroma_sdk._table import read_vectors
from chroma_sdk.cli._options import AsJson, InDataset, InProject, OfModel, OfVersion, ParquetFile, Quiet, in_dataset
from chroma_sdk.cli._output import say
from chroma_sdk.cli.log import Vectors

BoxFormat = Annotated[str, typer.Option(help="xywh or xyxy in pixels, xywhn or xyxyn as shares of the image.")]
CocoFile = Annotated[Path, typer.Argument(help="The JSON of COCO instances.", exists=True, dir_okay=False)]


def log_objects(
    file: ParquetFile,
    project: InProject,
    dataset: InDataset,
    box_format: BoxFormat = "xywh",
    vectors: Vectors = None,
    model: OfModel = None,
    version: OfVersion = None,
    layer: Annotated[str, typer.Option(help="Name of the layer that the vectors come from.")] = "objects",
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Log boxes inside images that are logged already: all boxes of an image, by one source.

    Columns: parent (the image's key), box (a list of four numbers) or four columns named x, y, width, height or x0, y0,
    x1, y1; label (ground truth) or inference and confidence (a model's); key, embedding; all others are metadata.

    Example: chroma-sdk log-objects found.parquet -p Blood -d slides --box-format xyxy --model detector
    """
    with in_dataset(project, dataset) as found:
        arguments = read_object_arguments(file)
        if vectors is not None:
            arguments["embeddings"] = read_vectors(vectors)
        report = found.log_objects(
            **arguments, box_format=box_format, model=model, version=version, layer=layer, quiet=quiet or as_json
        )
        say(str(report), asdict(report), as_json)


def import_coco(
    annotations: CocoFile,
    project: InProject,
    dataset: InDataset,
    images: Annotated[Path | None, typer.Option(help="The folder of the images.", exists=True, file_okay=False)] = None,
    predictions: Annotated[Path | None, typer.Option(help="The JSON of COCO results.", exists=True)] = None,
    model: OfModel = None,
    version: OfVersion = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Log the images and boxes of COCO files.

    Example: chroma-sdk import-coco instances.json -p Blood -d slides --predictions found.json --model yolo
    """
    with in_dataset(project, dataset) as found:
        report = found.import_coco(
            annotations, images=images, predictions=predictions, model=model, version=version, quiet=quiet or as_json
        )
        say(str(report), asdict(report), as_json)
