"""The command `chroma-sdk`."""

from __future__ import annotations

import typer

app = typer.Typer(no_args_is_help=True, help="Log to a Chroma server and read from it.")


@app.callback()
def main_options() -> None:
    """Log to a Chroma server and read from it."""


def main() -> None:
    """Run the command line."""
    app()
