"""`chroma-sdk maps` and `run-projection`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import typer

from chroma_sdk._map import Map
from chroma_sdk._project import Project
from chroma_sdk.cli._nouns import Name, NounCommands, add_delete, add_list, add_rename, make_group
from chroma_sdk.cli._options import AsJson, InProject, NoWait, OfLayer, OfModel, OfVersion, Quiet, in_client, in_project
from chroma_sdk.cli._output import say, show_record, show_rows
from chroma_sdk.cli._parameters import read_parameters

NOUN = NounCommands(
    one="map",
    many="maps",
    all=Project.maps,
    find=Project.map,
    columns={
        "name": "name",
        "method": "method",
        "datapoints": "projection_count",
        "datasets": "datasets",
        "finished": "finished_at",
    },
    details={
        "parameters": "parameters",
        "seed": "seed",
        "notes": "notes",
        "by": "created_by",
        "url": "url",
        "id": "id",
    },
)

group = make_group("maps", "Projection sets: places of datapoints on a plane.")
add_list(group, NOUN)
add_rename(group, NOUN)
add_delete(group, NOUN)


class MapRole(StrEnum):
    """What is on a map."""

    CONTEXT = "context"
    OBJECT = "object"


class MapEngine(StrEnum):
    """Who computes a map."""

    CHROMA = "chroma"
    UMAP_LEARN = "umap-learn"
    CUML = "cuml"


class MapMode(StrEnum):
    """How true a map is to be."""

    STANDARD = "standard"
    FAST = "fast"


NewName = Annotated[str | None, typer.Option("--name", help="Name of the new version.")]


@group.command()
def show(name: Name, project: InProject, as_json: AsJson = False) -> None:
    """Show one map and how faithful it is."""
    with in_project(project) as found:
        shown = found.map(name)
        quality = shown.quality if shown.finished_at else None
        show_record({**NOUN.record(shown), "quality": quality, "stale": shown.is_stale}, as_json)


@group.command()
def save(
    name: Name,
    output: Annotated[Path, typer.Argument(help="A .parquet or .csv file.", show_default=False)],
    project: InProject,
    as_json: AsJson = False,
) -> None:
    """Save the places: a row of dataset, key, x, y and the map's columns, such as preservation, for each datapoint."""
    if output.suffix not in (".parquet", ".csv"):
        raise typer.BadParameter("wanted a name that ends in .parquet or .csv.", param_hint="output")
    with in_project(project) as found:
        table = _places(found.map(name))
        if output.suffix == ".csv":
            pa_csv.write_csv(table, output)
        else:
            pq.write_table(table, output)
        say(f"{table.num_rows:,} places are in {output}.", {"file": str(output), "rows": table.num_rows}, as_json)


@group.command()
def stop(
    name: Name, project: InProject, no_wait: NoWait = False, quiet: Quiet = False, as_json: AsJson = False
) -> None:
    """End the layout of a map that is being made where it is, and keep it."""
    with in_project(project) as found:
        stopped = found.map(name).stop(wait=not no_wait, quiet=quiet or as_json)
        say(f"{stopped.name}: {' '.join(stopped.notes) or 'stopping.'}", NOUN.record(stopped), as_json)


@group.command()
def rerun(
    name: Name,
    project: InProject,
    new_name: Annotated[str | None, typer.Option("--name", help="Name of the new map.")] = None,
    no_wait: NoWait = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Make a new map of the same embeddings as they are now, with the same parameters."""
    with in_project(project) as found:
        made = found.map(name).rerun(name=new_name, wait=not no_wait, quiet=quiet or as_json)
        say(f"{made.name}: {made.url}", NOUN.record(made), as_json)


@group.command("place-new")
def place_new(
    name: Name,
    project: InProject,
    new_name: NewName = None,
    no_wait: NoWait = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Make a version of a map on which new datapoints get a place; the others stay where they are."""
    with in_project(project) as found:
        made = found.map(name).place_new(name=new_name, wait=not no_wait, quiet=quiet or as_json)
        say(
            f"{made.name}: {made.url}",
            {**NOUN.record(made), "drift": made.drift if made.finished_at else None},
            as_json,
        )


@group.command()
def refit(
    name: Name,
    project: InProject,
    model: OfModel = None,
    layer: OfLayer = None,
    version: OfVersion = None,
    new_name: NewName = None,
    no_wait: NoWait = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Make a version of a map, fitted again from where it lies, of its embeddings as they are now or of others."""
    with in_project(project) as found:
        made = found.map(name).refit(
            model=model, layer=layer, version=version, name=new_name, wait=not no_wait, quiet=quiet or as_json
        )
        say(
            f"{made.name}: {made.url}",
            {**NOUN.record(made), "drift": made.drift if made.finished_at else None},
            as_json,
        )


def run_projection(
    project: InProject,
    dataset: Annotated[list[str], typer.Option("--dataset", "-d", help="Give it once for each dataset.")],
    method: Annotated[str, typer.Option(help="As `chroma-sdk methods` lists them.")] = "umap",
    model: OfModel = None,
    layer: OfLayer = None,
    version: OfVersion = None,
    role: Annotated[MapRole | None, typer.Option(help="Only whole resources, or only objects inside.")] = None,
    name: Annotated[str | None, typer.Option(help="Name of the map; otherwise the server names it.")] = None,
    seed: Annotated[int | None, typer.Option(help="The same seed gives the same map again.")] = None,
    components: Annotated[int | None, typer.Option(min=2, max=3, help="3 stores a third component beside.")] = None,
    engine: Annotated[MapEngine | None, typer.Option(help="Of umap: who computes.")] = None,
    mode: Annotated[MapMode | None, typer.Option(help="Of umap: fast is quicker, a little less faithful.")] = None,
    supervised: Annotated[bool, typer.Option("--supervised", help="Of umap: pull equal labels together.")] = False,
    parameter: Annotated[
        list[str] | None, typer.Option("--parameter", help="Of the method, as in n_neighbors=30; may be repeated.")
    ] = None,
    no_wait: NoWait = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Make one map of the embeddings of one or several datasets.

    Example: chroma-sdk run-projection -p MNIST -d train -d test --parameter n_neighbors=30 --seed 1
    """
    parameters = read_parameters(parameter)
    with in_project(project) as found:
        made = found.run_projection(
            [found.dataset(each, create=False) for each in dataset],
            method=method,
            model=model,
            layer=layer,
            version=version,
            name=name,
            seed=seed,
            role=role and role.value,
            n_components=components,
            engine=engine and engine.value,
            mode=mode and mode.value,
            supervised=supervised or None,
            wait=not no_wait,
            quiet=quiet or as_json,
            **parameters,
        )
        say(f"{made.name}: {made.url}", NOUN.record(made), as_json)


def methods(as_json: AsJson = False) -> None:
    """List the methods that make maps, and whether this server has them."""
    with in_client() as client:
        rows = [
            {
                "name": found.name,
                "title": found.title,
                "available": "yes" if found.available else found.unavailable_reason,
                "parameters": [parameter["name"] for parameter in found.parameters],
                "description": found.description,
            }
            for found in client.projection_methods()
        ]
        show_rows(rows, as_json)


def _places(found: Map) -> Any:
    members, positions = found.members(), found.positions()
    return pa.table(
        {
            "dataset": [dataset for dataset, _ in members],
            "key": [key for _, key in members],
            "x": positions[:, 0].copy(),
            "y": positions[:, 1].copy(),
            **{name: found.column(name) for name in found.columns},
        }
    )
