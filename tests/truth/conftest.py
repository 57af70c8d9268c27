from __future__ import annotations

import pytest

from apps.accounts.actor import Actor


@pytest.fixture
def actor(alice):
    return Actor(user=alice)
