"""`chroma-sdk embeddings` and `chroma-sdk inferences`: what trained models gave for datasets."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from chroma_sdk._embedding_set import EmbeddingSet, choose
from chroma_sdk._errors import NotFound
from chroma_sdk._inference_set import InferenceSet
from chroma_sdk.cli._nouns import make_group
from chroma_sdk.cli._options import (
    AsJson,
    InDataset,
    InProject,
    Limit,
    OfLayer,
    OfModel,
    OfVersion,
    Yes,
    in_dataset,
    in_project,
    sure,
)
from chroma_sdk.cli._output import say, show_rows

embeddings = make_group("embeddings", "Embedding sets: the vectors of a dataset from one layer.")
inferences = make_group("inferences", "Inference sets: what a trained model says of a dataset.")


@embeddings.command("list")
def list_embeddings(project: InProject, limit: Limit = None, as_json: AsJson = False) -> None:
    """List the embedding sets of a project."""
    with in_project(project) as found:
        show_rows([_row(each) for each in islice(found.embedding_sets(), limit)], as_json)


@embeddings.command("save")
def save_embeddings(
    output: Annotated[Path, typer.Argument(help="A .npy file; the keys go beside it as .keys.txt.")],
    project: InProject,
    dataset: InDataset,
    layer: OfLayer = None,
    model: OfModel = None,
    version: OfVersion = None,
    as_json: AsJson = False,
) -> None:
    """Save vectors as a NumPy file, bit for bit as logged, and their keys, one a line."""
    with in_dataset(project, dataset) as found:
        chosen = {"layer": layer, "model": model, "version": version}
        vectors, keys = found.embeddings(**chosen), found.embedding_keys(**chosen)
        beside = output.with_suffix(".keys.txt")
        np.save(output, vectors, allow_pickle=False)
        beside.write_text("".join(f"{key}\n" for key in keys))
        facts = {"file": str(output), "keys": str(beside), "shape": list(vectors.shape)}
        say(f"{len(keys):,} vectors are in {output}, their keys in {beside}.", facts, as_json)


@embeddings.command("delete")
def delete_embeddings(
    project: InProject,
    dataset: InDataset,
    layer: OfLayer = None,
    model: OfModel = None,
    version: OfVersion = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Delete an embedding set and the maps that are made of it."""
    with in_dataset(project, dataset) as found:
        doomed = choose(found.name, found.embedding_sets(), layer=layer, model=model, version=version)
        sure(f"Delete {doomed.embedding_count:,} vectors of {dataset} ({doomed}) and the maps of them?", yes)
        doomed.delete()
        say(f"Deleted the embeddings of {dataset} ({doomed}).", {"deleted": _row(doomed)}, as_json)


@inferences.command("list")
def list_inferences(project: InProject, limit: Limit = None, as_json: AsJson = False) -> None:
    """List the inference sets of a project."""
    with in_project(project) as found:
        show_rows([_inference_row(each) for each in islice(found.inference_sets(), limit)], as_json)


@inferences.command("delete")
def delete_inferences(
    project: InProject,
    dataset: InDataset,
    model: Annotated[str, typer.Option("--model", "-m", help="Name of the model.")],
    version: Annotated[str, typer.Option("--version", help="Its version.")],
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Delete what a trained model says of a dataset."""
    with in_project(project) as found:
        sets = found.model(model).version(version).inference_sets()
        doomed = next((each for each in sets if each.dataset == dataset), None)
        if doomed is None:
            known = ", ".join(each.dataset for each in sets) or "no dataset"
            problem = f"{model} {version} has no inferences of {dataset}; it has some of {known}."
            raise NotFound(problem, code="NOT_FOUND", field="dataset")
        sure(f"Delete {doomed.inference_count:,} inferences of {dataset} by {model} {version}?", yes)
        doomed.delete()
        say(f"Deleted the inferences of {dataset} by {model} {version}.", {"deleted": _inference_row(doomed)}, as_json)


def _row(found: EmbeddingSet) -> dict[str, Any]:
    return {
        "dataset": found.dataset,
        "layer": found.layer,
        "model": found.model,
        "version": found.version,
        "vectors": found.embedding_count,
        "dimension": found.dimension,
        "dtype": found.dtype,
    }


def _inference_row(found: InferenceSet) -> dict[str, Any]:
    return {
        "dataset": found.dataset,
        "model": found.model,
        "version": found.version,
        "inferences": found.inference_count,
        "disagreements": found.disagreement_count,
    }
