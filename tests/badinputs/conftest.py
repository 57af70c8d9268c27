from __future__ import annotations

import pytest
from django.db import transaction
from django.test import override_settings

from apps.accounts.actor import Actor
from apps.projects.models import Role
from apps.projects.services.projects import create_project
from tests.badinputs.state import stored
from tests.badinputs.worlds import fill
from tests.cast import make_member, make_user
from tests.world import make_world

FAST = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """alice/MNIST with one of everything, made once; every case is rolled back to it."""
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=FAST), transaction.atomic():
        alice, charlie = make_user("alice"), make_user("charlie")
        project = create_project(actor=Actor(user=alice), name="MNIST")
        make_member(project, make_user("bob"), Role.EDITOR)
        make_member(project, make_user("vera"), Role.VIEWER)
        yield fill(make_world(alice, project), charlie)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def untouched(world, django_db_blocker) -> dict[str, str]:
    """What is stored in the world, before any case."""
    with django_db_blocker.unblock():
        return stored()
