"""Who knocks: somebody of the cast, signed in or by a token of some kind."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.test import Client
from django.utils import timezone

from apps.accounts.models import User
from tests.cast import make_client, make_token

if TYPE_CHECKING:
    from tests.badinputs.doors import Scene

TOKENS = {
    "a token": {},
    "a read token": {"scope": "read"},
    "a revoked token": {"revoked_at": timedelta(days=-3)},
    "an expired token": {"expires_at": timedelta(days=-3)},
}


def client_of(who: str, scene: Scene) -> Client:
    """Bob by name, `nobody`, or how Bob comes: `a read token`, `a revoked token`, …"""
    if who == "nobody":
        return make_client(None)
    if who in scene.world.sessions:
        client = make_client(None)
        client.cookies["sessionid"] = scene.world.sessions[who]
        return client
    return make_client(token_of(who, scene))


def token_of(who: str, scene: Scene) -> str:
    """The secret by which Bob comes."""
    bob = User.objects.get(username="bob")
    if who == "a token for another project":
        return make_token(bob, project=scene.world.other_project)
    if who == "a token of a disabled user":
        bob.is_active = False
        bob.save()
        return make_token(bob)
    now = timezone.now()
    given = {name: now + value if isinstance(value, timedelta) else value for name, value in TOKENS[who].items()}
    return make_token(bob, **given)
