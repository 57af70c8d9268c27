"""`chroma-sdk similar`: what is near to a datapoint."""

from __future__ import annotations

from typing import Annotated

import typer

from chroma_sdk.cli._options import (
    AsJson,
    InDataset,
    InProject,
    Keys,
    KeysFrom,
    OfLayer,
    OfModel,
    OfVersion,
    in_project,
    read_keys,
)
from chroma_sdk.cli._output import show_rows


def similar(
    project: InProject,
    dataset: InDataset,
    keys: Keys = None,
    keys_from: KeysFrom = None,
    number: Annotated[int, typer.Option("-n", "--number", min=1, max=500, help="How many to find.")] = 20,
    metric: Annotated[str, typer.Option(help="cosine, euclidean, dot, manhattan or correlation.")] = "cosine",
    among: Annotated[list[str] | None, typer.Option(help="Look in this dataset instead; may be repeated.")] = None,
    layer: OfLayer = None,
    model: OfModel = None,
    version: OfVersion = None,
    as_json: AsJson = False,
) -> None:
    """Find the datapoints most similar to one, or to the centre of several."""
    wanted = read_keys(keys, keys_from)
    with in_project(project) as home:
        others = [home.dataset(name, create=False) for name in among] if among else None
        results = home.dataset(dataset, create=False).find_similar(
            wanted[0] if len(wanted) == 1 else None,
            keys=wanted if len(wanted) > 1 else None,
            n=number,
            metric=metric,
            among=others,
            layer=layer,
            model=model,
            version=version,
        )
        show_rows(
            [{"key": each.key, "distance": round(each.distance, 6), "dataset": each.dataset} for each in results],
            as_json,
        )
