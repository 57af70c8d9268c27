"""Usernames are namespaces too (alice/MNIST): they hold only what needs no quoting in names, addresses and shells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import UserManager
from django.core.validators import RegexValidator

if TYPE_CHECKING:
    from apps.accounts.models import User

LONGEST_USERNAME = 60

validate_username = RegexValidator(
    regex=rf"\A[A-Za-z0-9][A-Za-z0-9._-]{{0,{LONGEST_USERNAME - 1}}}\Z",
    message=(
        f"A username has 1 to {LONGEST_USERNAME} of the characters A-Z, a-z, 0-9, dot, underscore and hyphen, "
        "and starts with a letter or digit."
    ),
    code="bad_username",
)


class ChromaUserManager(UserManager["User"]):
    """Finds people by username whatever its case: Alice and alice are one person."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username__iexact=username)
