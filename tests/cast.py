"""The fixed cast of the tests and how they call the server."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.utils import timezone

from apps.accounts.models import ApiToken, TokenScope, User
from apps.accounts.tokens import PREFIX_LENGTH, digest_of, new_secret
from apps.projects.models import Membership, Project, Role

PASSWORD = "correct horse battery"


def make_user(username: str, **fields: Any) -> User:
    return User.objects.create_user(username, password=PASSWORD, **fields)


def make_member(project: Project, user: User, role: Role) -> Membership:
    return Membership.objects.create(project=project, user=user, role=role, accepted_at=timezone.now())


def make_token(user: User, scope: str = "write", project: Project | None = None, **fields: Any) -> str:
    """The secret of a new API token."""
    secret = new_secret()
    ApiToken.objects.create(
        user=user,
        name="test",
        prefix=secret[:PREFIX_LENGTH],
        digest=digest_of(secret),
        scope=TokenScope(scope),
        project_id=project.pk if project else None,
        **fields,
    )
    return secret


def make_client(caller: User | str | None) -> Client:
    """A client signed in as a user, sending an API token, or anonymous."""
    if isinstance(caller, str):
        return Client(headers={"Authorization": f"Bearer {caller}"})
    client = Client()
    if caller is not None:
        client.force_login(caller)
    return client


def post_graphql(caller: User | str | None, query: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
    """The answer of POST /graphql: {"data": …, "errors": …}."""
    response = make_client(caller).post(
        "/graphql", {"query": query, "variables": variables or {}}, content_type="application/json"
    )
    return response.json()
