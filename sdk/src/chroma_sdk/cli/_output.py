"""How commands answer: tables for people, JSON for programs, sentences on stderr for what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import typer

from chroma_sdk._errors import ChromaError, ServerError


@contextmanager
def told() -> Iterator[None]:
    """End with the sentence of an expected error, and exit code 1, instead of a traceback."""
    try:
        yield
    except ChromaError as problem:
        sentences = [str(problem), *getattr(problem, "__notes__", []), *_traces(problem)]
        typer.echo(f"chroma-sdk: {' '.join(sentences)}", err=True)
        raise typer.Exit(1) from problem
    except KeyboardInterrupt as interrupt:
        raise typer.Exit(130) from interrupt


def _traces(problem: ChromaError) -> list[str]:
    """Name what programs and administrators go by, where the server refused."""
    if isinstance(problem, ServerError) and problem.request_id:
        return [f"[{problem.code}, request {problem.request_id}]"]
    return []


def show_rows(rows: Sequence[Mapping[str, Any]], as_json: bool) -> None:
    """Print a list."""
    if as_json:
        show_json(rows)
        return
    if not rows:
        typer.echo("none")
        return
    columns = list(rows[0])
    lines = [columns, *([_cell(row[column]) for column in columns] for row in rows)]
    _print_aligned(lines)


def show_record(record: Mapping[str, Any], as_json: bool) -> None:
    """Print one thing, a line for each of its facts."""
    if as_json:
        show_json(record)
        return
    _print_aligned([[name, _cell(value)] for name, value in record.items()])


def show_json(value: Any) -> None:
    """Print JSON."""
    typer.echo(json.dumps(value, indent=2, default=str))


def say(sentence: str, facts: Mapping[str, Any], as_json: bool) -> None:
    """Tell what was done: a sentence for people, the facts for programs."""
    if as_json:
        show_json(facts)
    else:
        typer.echo(sentence)


def _print_aligned(lines: Sequence[Sequence[str]]) -> None:
    widths = [max(map(len, cells)) for cells in zip(*lines, strict=True)]
    for line in lines:
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value)) or "-"
    if isinstance(value, dict):
        return ", ".join(f"{name}={part}" for name, part in value.items()) or "-"
    return " ".join(str(value).split())
