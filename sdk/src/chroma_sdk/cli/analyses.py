"""`chroma-sdk analyses`, `run-class-quality` and `match-objects`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pyarrow as pa
import pyarrow.csv as pa_csv
import typer

from chroma_sdk._analysis import Analysis
from chroma_sdk._project import Project
from chroma_sdk.cli._nouns import Name, NounCommands, add_delete, add_list, add_rename, make_group
from chroma_sdk.cli._options import (
    AsJson,
    InDataset,
    InProject,
    NoWait,
    OfLayer,
    OfModel,
    OfVersion,
    Quiet,
    in_dataset,
    in_project,
)
from chroma_sdk.cli._output import say, show_json, show_record

NOUN = NounCommands(
    one="analysis",
    many="analyses",
    all=Project.analyses,
    find=Project.analysis,
    columns={"name": "name", "kind": "kind", "finished": "finished_at"},
    details={"parameters": "parameters", "summary": "summary", "notes": "notes", "by": "created_by", "id": "id"},
    goes_with="with its scores",
)

group = make_group("analyses", "Computations that score datapoints.")
add_list(group, NOUN)
add_rename(group, NOUN)
add_delete(group, NOUN)

NameOption = Annotated[str | None, typer.Option("--name", help="Of the analysis; otherwise the server names it.")]


class Method(StrEnum):
    """How boxes are matched."""

    HUNGARIAN = "hungarian"
    BEST_FIRST = "best_first"


@group.command()
def show(name: Name, project: InProject, as_json: AsJson = False) -> None:
    """Show one analysis, what came out and which scores there are."""
    with in_project(project) as found:
        shown = found.analysis(name)
        scores = [f"{each.name} of {each.dataset}, {each.direction.replace('_', ' ')}" for each in shown.score_sets]
        show_record({**NOUN.record(shown), "scores": scores}, as_json)


@group.command()
def scores(
    score: Annotated[str, typer.Argument(help="Name of the scores, as `analyses show` lists them.")],
    project: InProject,
    dataset: InDataset,
    analysis: Annotated[str | None, typer.Option(help="Where several gave such scores.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file; otherwise standard output.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print scores by key, as CSV."""
    with in_dataset(project, dataset) as found:
        keys, values = found.scores(score, analysis=analysis)
        if as_json:
            show_json(dict(zip(keys, values.tolist(), strict=True)))
            return
        sink = pa.BufferOutputStream()
        pa_csv.write_csv(pa.table({"key": keys, score: values}), sink)
        text = sink.getvalue().to_pybytes().decode()
        if output is None:
            typer.echo(text, nl=False)
        else:
            output.write_text(text)
            typer.echo(f"{len(keys):,} scores are in {output}.")


def run_class_quality(
    project: InProject,
    reference: Annotated[str, typer.Option("--reference", "-r", help="The dataset whose labels say what classes are.")],
    target: Annotated[list[str], typer.Option("--target", "-t", help="The dataset that gets scores; may be repeated.")],
    model: OfModel = None,
    layer: OfLayer = None,
    version: OfVersion = None,
    name: NameOption = None,
    no_wait: NoWait = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Score how far datapoints lie from the class that they were inferred to be.

    Example: chroma-sdk run-class-quality -p MNIST --reference train --target train --target test
    """
    with in_project(project) as found:
        made = found.run_class_quality(
            found.dataset(reference, create=False),
            [found.dataset(each, create=False) for each in target],
            model=model,
            layer=layer,
            version=version,
            name=name,
            wait=not no_wait,
            quiet=quiet or as_json,
        )
        _tell(made, as_json)


def match_objects(
    project: InProject,
    dataset: InDataset,
    model: OfModel = None,
    version: OfVersion = None,
    iou_threshold: Annotated[float, typer.Option(min=0, max=1, help="Overlap from which boxes may match.")] = 0.5,
    class_aware: Annotated[bool, typer.Option("--class-aware", help="Only boxes of one category match.")] = False,
    method: Annotated[Method, typer.Option(help="The best assignment as a whole, or the best pair first.")] = (
        Method.HUNGARIAN
    ),
    name: NameOption = None,
    no_wait: NoWait = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Match predicted boxes with ground-truth boxes, and find missed and spurious ones.

    Example: chroma-sdk match-objects -p Blood -d slides --model detector --iou-threshold 0.5
    """
    with in_dataset(project, dataset) as found, in_project(project) as home:
        made = home.match_objects(
            found,
            model=model,
            version=version,
            iou_threshold=iou_threshold,
            class_aware=class_aware,
            method=method.value,
            name=name,
            wait=not no_wait,
            quiet=quiet or as_json,
        )
        _tell(made, as_json)


def _tell(made: Analysis, as_json: bool) -> None:
    figures = {name: value for name, value in made.summary.items() if isinstance(value, (int, float, str))}
    if as_json or not figures:
        say(f"{made.name} goes on in the background.", NOUN.record(made), as_json)
        return
    show_record({"analysis": made.name, **figures}, as_json)
    for note in made.notes:
        typer.echo(note)
