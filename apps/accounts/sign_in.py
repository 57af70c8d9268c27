"""Signing in with username and password."""

from __future__ import annotations

from django.contrib.auth import authenticate
from django.http import HttpRequest

from apps.accounts.models import User
from apps.accounts.passwords import LONGEST_PASSWORD
from apps.accounts.throttle import return_try, take_try
from apps.accounts.usernames import LONGEST_USERNAME
from apps.common.errors import BadRequest, Unauthenticated

TRIES_AN_ACCOUNT = 10
TRIES_AN_ADDRESS = 20


def check_credentials(request: HttpRequest, *, username: object, password: object) -> User:
    """The user whose password this is.

    An unknown name, a wrong password and a disabled user give the same answer after the same work, and count alike.
    """
    if not (isinstance(username, str) and isinstance(password, str) and username and password):
        is_named = isinstance(username, str) and username
        raise BadRequest("Enter a username and a password.", field="password" if is_named else "username")
    if len(username) > LONGEST_USERNAME or not username.isprintable():
        raise BadRequest(f"A username has at most {LONGEST_USERNAME} characters, all of which show.", field="username")
    if len(password) > LONGEST_PASSWORD:
        raise BadRequest(f"A password has at most {LONGEST_PASSWORD} characters.", field="password")
    # The peer's own address: X-Forwarded-For is whatever the caller writes there.
    buckets = [f"sign-in user {username.lower()}", f"sign-in address {request.META['REMOTE_ADDR']}"]
    for bucket, tries in zip(buckets, [TRIES_AN_ACCOUNT, TRIES_AN_ADDRESS], strict=True):
        take_try(bucket, per_hour=tries)
    user = authenticate(request, username=username, password=password)
    if not isinstance(user, User):
        raise Unauthenticated("The username or the password is wrong.")
    for bucket in buckets:
        return_try(bucket)
    return user
