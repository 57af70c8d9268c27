"""The invariants themselves: they hold of sound data, and see what is planted."""

from __future__ import annotations

import pathlib

import pytest
from django.core.files.storage import default_storage

from apps.datasets.models import Column, Dataset, Segment, TagMembership, Upload
from apps.jobs.models import Job
from apps.projections.models import ProjectionSet
from apps.projects.models import Change, Project
from tests.truth.invariants import broken, check_invariants
from tests.world import make_world

pytestmark = pytest.mark.holds(25)


@pytest.fixture
def world(alice, project):
    return make_world(alice, project)


def cut_a_file(row):
    with pathlib.Path(default_storage.path(row.path)).open("r+b") as handle:
        handle.truncate(row.size - 1)


PLANTED = {
    "a row without its datapoint": lambda: Dataset.objects.get().datapoints.order_by("row").last().delete(),
    "a wrong count": lambda: Dataset.objects.update(datapoint_count=99),
    "a row that is given again": lambda: Dataset.objects.update(next_row=1),
    "a tag that counts wrongly": lambda: TagMembership.objects.update(datapoint_count=1),
    "a column that forgot its values": lambda: Column.objects.update(present=b""),
    "a segment of the future": lambda: Segment.objects.update(version=9),
    "a file that is cut": lambda: cut_a_file(Segment.objects.exclude(path="").first()),
    "a file that is gone": lambda: default_storage.delete(Segment.objects.exclude(path="").first().path),
    "a finished map without arrays": lambda: ProjectionSet.objects.get().arrays.first().delete(),
    "a job that runs without a lease": lambda: Job.objects.update(state="running"),
    "a gap in the feed": lambda: Change.objects.filter(seq=2).delete(),
    "a feed that is behind": lambda: Project.objects.update(last_seq=1),
    "a label without its change": lambda: Dataset.objects.get().datapoints.update(category=None),
}


def test_sound_data_breaks_nothing(world):
    check_invariants({world.dataset: {f"k{row}" for row in range(5)}})


@pytest.mark.parametrize("what", PLANTED)
def test_what_is_planted_is_seen(world, what):
    PLANTED[what]()
    assert list(broken()), what


def test_a_lost_row_is_seen(world):
    with pytest.raises(AssertionError, match="1 acknowledged datapoints of train are lost, such as k7"):
        check_invariants({world.dataset: {"k0", "k7"}})


def test_a_committed_upload_with_a_wrong_report_is_seen(world, alice):
    world.upload_of(alice)
    Upload.objects.update(state="committed", report={"added": 0, "updated": 0, "unchanged": 0})
    assert any("declared 1 rows and reports 0" in each for each in broken())
