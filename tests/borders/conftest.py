from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import override_settings

from tests.borders.canaries import fill_with_canaries
from tests.borders.realms import make_realms


@contextmanager
def undone() -> Iterator[None]:
    """Undo what happens inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def realms(django_db_setup, django_db_blocker):
    """The worlds, made once for all tests of a module: each leaves them as it found them."""
    fast = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with django_db_blocker.unblock(), fast, undone():
        yield make_realms()


@pytest.fixture(scope="module")
def canaries(realms, django_db_blocker):
    """The worlds, with a canary in every text of the one that nobody here belongs to."""
    with django_db_blocker.unblock():
        fill_with_canaries(realms.other)
    return realms
