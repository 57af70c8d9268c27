"""`chroma-sdk sync`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from chroma_sdk import _offline
from chroma_sdk.cli._options import AsJson, Quiet, in_client
from chroma_sdk.cli._output import show_json

Recorded = Annotated[Path, typer.Argument(help="The folder that was given to record().", exists=True, file_okay=False)]


def sync(path: Recorded, quiet: Quiet = False, as_json: AsJson = False) -> None:
    """Send what was recorded without a server. After an interruption, run it again.

    Example: chroma-sdk sync runs/monday
    """
    sent = []
    with in_client() as client:
        for part in _offline.sync(path, client, quiet=quiet or as_json):
            sent.append(asdict(part))
            if not as_json:
                typer.echo(f"{part.project} {part.dataset}: {part.report}")
    if as_json:
        show_json(sent)
    elif not sent:
        typer.echo("Nothing is left to send.")
