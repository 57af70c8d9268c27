"""Puts the commands together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from chroma_sdk import __version__
from chroma_sdk.cli import (
    account,
    analyses,
    categories,
    datapoints,
    datasets,
    embeddings,
    exports,
    imports,
    jobs,
    layers,
    log,
    maps,
    members,
    models,
    objects,
    projects,
    similar,
    slices,
    sync,
    tags,
    tokens,
    trained_models,
)

app = typer.Typer(
    name="chroma-sdk",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Log to a Chroma server, read from it and curate what is there. Everything is named; --json is for programs.",
)

COMMANDS: dict[str, list[Callable[..., None]]] = {
    "Start here": [account.login, account.logout, account.whoami],
    "Data": [
        log.log,
        objects.log_objects,
        objects.import_coco,
        exports.export,
        sync.sync,
        tags.tag,
        tags.untag,
        datapoints.label,
        similar.similar,
    ],
    "Background work": [maps.run_projection, maps.methods, analyses.run_class_quality, analyses.match_objects],
}
GROUPS: dict[str, list[typer.Typer]] = {
    "Data": [
        datasets.group,
        datapoints.group,
        datapoints.comments,
        categories.group,
        tags.group,
        slices.group,
        exports.group,
        imports.group,
    ],
    "Models": [
        models.group,
        trained_models.group,
        layers.layer_sets,
        layers.layers,
        embeddings.embeddings,
        embeddings.inferences,
    ],
    "Background work": [maps.group, analyses.group, jobs.group],
    "People": [projects.group, members.members, members.invitations, tokens.group],
}

for panel, commands in COMMANDS.items():
    for command in commands:
        app.command(rich_help_panel=panel)(command)
app.command("import", rich_help_panel="Data")(imports.import_file)
for panel, groups in GROUPS.items():
    for group in groups:
        app.add_typer(group, rich_help_panel=panel)


def print_version(wanted: bool) -> None:
    """Print the version, and nothing else."""
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def start(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=print_version, is_eager=True)
    ] = False,
) -> None:
    """Handle what comes before the command."""


def main() -> None:
    """Run the command line."""
    app()
