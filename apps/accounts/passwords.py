from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from apps.accounts.models import User
from apps.common.errors import BadUserInput

LONGEST_PASSWORD = 1024


def set_password(user: User, password: str, *, field: str) -> None:
    """Give the user this password, if it is good enough. It ends the user's sessions."""
    if len(password) > LONGEST_PASSWORD:
        raise BadUserInput(f"A password has at most {LONGEST_PASSWORD} characters.", field=field)
    try:
        validate_password(password, user)
    except ValidationError as problem:
        raise BadUserInput(" ".join(problem.messages), field=field) from problem
    user.set_password(password)
    user.save(update_fields=["password"])
