"""`chroma-sdk jobs`."""

from __future__ import annotations

from itertools import islice
from typing import Annotated

import typer

from chroma_sdk._project import Project
from chroma_sdk.cli._nouns import NounCommands, make_group
from chroma_sdk.cli._options import AsJson, InProject, Limit, Quiet, Yes, in_project, sure
from chroma_sdk.cli._output import say, show_record, show_rows

NOUN = NounCommands(
    one="job",
    many="jobs",
    all=Project.jobs,
    find=Project.job,
    columns={"id": "id", "title": "title", "state": "state", "progress": "fraction", "by": "requested_by"},
    details={
        "kind": "kind",
        "phase": "phase",
        "error": "error",
        "created": "created_at",
        "started": "started_at",
        "finished": "finished_at",
        "log": "log",
    },
)

group = make_group("jobs", "Background work, named by its id.")

Id = Annotated[str, typer.Argument(help="Its id, as `jobs list` shows it.", show_default=False)]
Active = Annotated[bool | None, typer.Option("--active/--ended", help="Only those that go on, or that are over.")]


@group.command("list")
def list_(project: InProject, active: Active = None, limit: Limit = 50, as_json: AsJson = False) -> None:
    """List the jobs of a project, newest first."""
    with in_project(project) as found:
        show_rows([NOUN.row(each) for each in islice(found.jobs(active=active), limit)], as_json)


@group.command()
def show(id: Id, project: InProject, as_json: AsJson = False) -> None:
    """Show one job with its log."""
    with in_project(project) as found:
        show_record(NOUN.record(found.job(id)), as_json)


@group.command()
def wait(id: Id, project: InProject, quiet: Quiet = False, as_json: AsJson = False) -> None:
    """Wait until a job is done. The exit code is 1 if it failed or was cancelled."""
    with in_project(project) as found:
        ended = found.job(id).wait(quiet=quiet or as_json)
        say(f"{ended.title} is done.", NOUN.record(ended), as_json)


@group.command()
def cancel(id: Id, project: InProject, as_json: AsJson = False) -> None:
    """Stop a job."""
    with in_project(project) as found:
        cancelled = found.job(id).cancel()
        say(f"{cancelled.title}: {cancelled.state}.", NOUN.record(cancelled), as_json)


@group.command()
def retry(id: Id, project: InProject, as_json: AsJson = False) -> None:
    """Run a job again that failed or was cancelled."""
    with in_project(project) as found:
        again = found.job(id).retry()
        say(f"{again.title}: {again.state}.", NOUN.record(again), as_json)


@group.command()
def delete(id: Id, project: InProject, yes: Yes = False, as_json: AsJson = False) -> None:
    """Take a job off the list that has ended."""
    with in_project(project) as found:
        doomed = found.job(id)
        sure(f"Delete the job {doomed.title}?", yes)
        doomed.delete()
        say(f"Deleted the job {doomed.title}.", {"deleted": id}, as_json)
