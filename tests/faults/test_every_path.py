"""Every path of four nouns through the schema, by everybody who has no business in a project."""

from __future__ import annotations

import pytest

from tests.borders.conftest import canaries, realms  # noqa: F401 - fixtures
from tests.borders.realms import OUTSIDERS
from tests.borders.test_canaries import see_nothing

pytestmark = [pytest.mark.django_db, pytest.mark.holds(1)]


@pytest.mark.parametrize("who", OUTSIDERS)
def test_no_path_of_four_nouns_leads_into_another_project(canaries, who):  # noqa: F811 - the fixture
    see_nothing(canaries.clients[who], 4)
