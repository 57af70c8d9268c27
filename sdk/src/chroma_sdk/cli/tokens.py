"""`chroma-sdk tokens`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from chroma_sdk._token import Token
from chroma_sdk.cli._nouns import make_group
from chroma_sdk.cli._options import AsJson, Yes, in_client, sure
from chroma_sdk.cli._output import say, show_rows

group = make_group("tokens", "Your API tokens.")

Password = Annotated[
    str,
    typer.Option(
        envvar="CHROMA_PASSWORD", prompt="Your password", hide_input=True, help="Yours: no token makes or ends others."
    ),
]
Name = Annotated[str, typer.Argument(help="What the token is for.", show_default=False)]


class Scope(StrEnum):
    """What a token is good for."""

    READ = "read"
    WRITE = "write"


@group.command("list")
def list_(password: Password, as_json: AsJson = False) -> None:
    """List your tokens; secrets are shown only when they are made."""
    with in_client() as client, client.sign_in(password) as account:
        show_rows([_row(each) for each in account.tokens()], as_json)


@group.command()
def create(
    name: Name,
    password: Password,
    scope: Annotated[Scope, typer.Option(help="What it is good for.")] = Scope.READ,
    expires_days: Annotated[int | None, typer.Option(min=1, max=365, help="If absent, it lasts for ever.")] = None,
    project: Annotated[str | None, typer.Option("--project", "-p", help="The only project that it opens.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make a token and print its secret: the one line on standard output.

    Example: chroma-sdk tokens create nightly --scope write --project MNIST --expires-days 90
    """
    with in_client() as client, client.sign_in(password) as account:
        limited_to = None if project is None else client.project(project, create=False)
        made = account.create_token(name, scope=scope.value, expires_days=expires_days, project=limited_to)
        say(made.secret, {**_row(made.token), "secret": made.secret}, as_json)


@group.command()
def revoke(name: Name, password: Password, yes: Yes = False, as_json: AsJson = False) -> None:
    """End a token for ever."""
    with in_client() as client, client.sign_in(password) as account:
        doomed = account.token(name)
        sure(f"Revoke the token {name} ({doomed.prefix}…)?", yes)
        say(f"Revoked the token {name}.", _row(doomed.revoke()), as_json)


def _row(token: Token) -> dict[str, Any]:
    return {
        "name": token.name,
        "prefix": token.prefix,
        "scope": token.scope,
        "project": token.project,
        "expires": token.expires_at,
        "revoked": token.revoked_at,
        "last used": token.last_used_at,
    }
