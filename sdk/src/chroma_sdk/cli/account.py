"""`chroma-sdk login`, `logout` and `whoami`."""

from __future__ import annotations

from typing import Annotated

import typer

from chroma_sdk._client import Client
from chroma_sdk._credentials import Credentials, check_url, login_file, save_login
from chroma_sdk.cli._options import AsJson, in_client
from chroma_sdk.cli._output import say, told


def login(
    url: Annotated[str, typer.Option(envvar="CHROMA_URL", prompt="Address of the server")],
    token: Annotated[str, typer.Option(envvar="CHROMA_TOKEN", prompt="Token from your account page", hide_input=True)],
) -> None:
    """Save the address of a server and a token for it, readable by you alone."""
    with told():
        credentials = Credentials(check_url(url), token.strip())
        with Client(credentials.url, credentials.token) as client:
            username = client.username
        path = save_login(credentials)
    typer.echo(f"Logged in to {credentials.url} as {username}; kept in {path}.")


def logout() -> None:
    """Forget what `login` saved. The token itself stays good: `chroma-sdk tokens revoke` ends one."""
    path = login_file()
    was_there = path.exists()
    path.unlink(missing_ok=True)
    typer.echo(f"Forgot {path}." if was_there else "Nothing was saved.")


def whoami(as_json: AsJson = False) -> None:
    """Say which server and which user commands act as."""
    with in_client() as client:
        say(f"{client.username} at {client.url}", {"username": client.username, "url": client.url}, as_json)
