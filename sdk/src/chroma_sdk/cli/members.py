"""`chroma-sdk members` and `chroma-sdk invitations`."""

from __future__ import annotations

from typing import Annotated

import typer

from chroma_sdk._client import Client
from chroma_sdk._invitation import Invitation
from chroma_sdk._listing import named
from chroma_sdk._project import Project
from chroma_sdk.cli._nouns import NounCommands, add_list, add_show, make_group
from chroma_sdk.cli._options import AsJson, InProject, RoleName, Yes, in_client, in_project, sure
from chroma_sdk.cli._output import say, show_rows

NOUN = NounCommands(
    one="member",
    many="members",
    all=Project.members,
    find=Project.member,
    columns={"name": "name", "role": "role", "accepted": "has_accepted", "invited by": "invited_by"},
)

members = make_group("members", "The people of a project.")
add_list(members, NOUN)
add_show(members, NOUN)

Username = Annotated[str, typer.Argument(help="The username.", show_default=False)]


@members.command()
def invite(
    name: Username,
    project: InProject,
    role: Annotated[RoleName, typer.Option(help="What they may do.")] = RoleName.VIEWER,
    as_json: AsJson = False,
) -> None:
    """Invite a user, who becomes a member by accepting."""
    with in_project(project) as found:
        invited = found.invite(name, role=role.value)
        say(f"Invited {name} as {role.value}.", NOUN.record(invited), as_json)


@members.command("change-role")
def change_role(name: Username, role: RoleName, project: InProject, as_json: AsJson = False) -> None:
    """Say what a member may do."""
    with in_project(project) as found:
        changed = found.member(name).change_role(role.value)
        say(f"{name} is {role.value} now.", NOUN.record(changed), as_json)


@members.command()
def remove(name: Username, project: InProject, yes: Yes = False, as_json: AsJson = False) -> None:
    """Take a member's right away."""
    with in_project(project) as found:
        removed = found.member(name)
        sure(f"Remove {name} from {found.full_name}?", yes)
        removed.remove()
        say(f"Removed {name}.", {"removed": name}, as_json)


invitations = make_group("invitations", "Projects that others asked you into.")

FullName = Annotated[str, typer.Argument(help="As in alice/MNIST.", show_default=False)]


@invitations.command("list")
def list_(as_json: AsJson = False) -> None:
    """List your invitations."""
    with in_client() as client:
        rows = [{"project": each.project, "role": each.role, "by": each.invited_by} for each in client.invitations()]
        show_rows(rows, as_json)


@invitations.command()
def accept(project: FullName, as_json: AsJson = False) -> None:
    """Become a member of a project."""
    with in_client() as client:
        _invitation(client, project).accept()
        say(f"You are a member of {project} now.", {"accepted": project}, as_json)


@invitations.command()
def decline(project: FullName, as_json: AsJson = False) -> None:
    """Stay away from a project."""
    with in_client() as client:
        _invitation(client, project).decline()
        say(f"Declined the invitation to {project}.", {"declined": project}, as_json)


def _invitation(client: Client, project: str) -> Invitation:
    return named(client.invitations(), project, noun="invitation", owner=client.username, attribute="project")
