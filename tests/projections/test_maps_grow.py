"""Layouts in the making: thinned, under the job's lease, through their door, and gone with the attempt."""

from __future__ import annotations

import sqlite3

import numpy as np
import pyarrow as pa
import pytest
from django.db import connection

from apps.jobs import leases
from apps.jobs.compute.frames import MOST_ROWS, Frames, shown_rows, take_frame
from apps.jobs.keeper import Keeper
from apps.jobs.models import Job, JobState, Lane
from apps.jobs.run import JobRun
from apps.jobs.scratch import Scratch
from apps.projections.growth import Growth
from apps.projections.models import ProjectionGrowth, ProjectionSet
from apps.projections.vectors import Members
from apps.projects.models import AuditEntry

STOP = """mutation ($id: ID!) { stopProjection(input: {id: $id}) {
  projectionSet { id job { stopRequestedAt canStop } } errors { code field message } } }"""
LAYOUT = "Optimising the layout"


@pytest.fixture
def attempt(train, run):
    """(the map, the job's run under its lease): a map of 40 datapoints that is being made."""
    made = run([train])["projectionSet"]["id"]
    job = leases.claim_next(Lane.HEAVY)
    return ProjectionSet.objects.get(pk=made), JobRun(job, Keeper(job), Scratch(job.lease))


@pytest.fixture
def growth(attempt):
    projection_set, run = attempt
    members = Members(source=np.zeros(40, dtype=np.uint16), row=np.arange(40, dtype=np.uint32))
    return Growth(run, projection_set, members)


@pytest.fixture
def look(client, vera):
    """look(the map, **headers) -> the answer of its door to a viewer."""
    client.force_login(vera)
    return lambda projection_set, **headers: client.get(
        f"/bulk/v1/projection-sets/{projection_set.pk}/growth", headers=headers
    )


def layout(seed=0):
    return np.random.default_rng(seed).normal(size=(40, 2)).astype(np.float32)


def table_of(answer):
    with pa.ipc.open_stream(answer.getvalue()) as reader:
        return reader.read_all()


def test_the_rows_shown_are_even_and_always_the_same():
    rows = shown_rows(1_000_000)
    assert len(rows) == MOST_ROWS
    assert set(np.diff(rows)) == {50}
    assert shown_rows(7).tolist() == list(range(7))
    assert shown_rows(0).tolist() == []


def test_a_frame_is_dropped_until_the_last_was_taken(tmp_path, monkeypatch):
    monkeypatch.setattr("apps.jobs.compute.frames.SHORTEST_PAUSE", 0)
    monkeypatch.setattr("apps.jobs.compute.frames.LONGEST_PAUSE", 0)
    frames = Frames(str(tmp_path / "frame.npy"))
    first, second = np.eye(3), np.zeros((3, 3))
    assert frames.offer(first)
    assert not frames.offer(second)
    assert take_frame(str(frames.path)).tolist() == first[:, :2].tolist()
    assert frames.offer(second)
    assert take_frame(str(frames.path)).tolist() == second[:, :2].tolist()
    assert take_frame(str(frames.path)) is None


def test_frames_do_not_follow_each_other_closer_than_a_moment(tmp_path):
    frames = Frames(str(tmp_path / "frame.npy"))
    assert frames.offer(np.eye(3))
    take_frame(str(frames.path))
    assert not frames.offer(np.eye(3))


def test_a_layout_in_the_making_is_shown_to_members_with_its_datapoints(attempt, growth, look):
    projection_set, _ = attempt
    assert look(projection_set).status_code == 204
    positions = layout()
    positions[::4] = np.nan
    growth.show(LAYOUT, 0.25, positions)
    answer = look(projection_set)
    table = table_of(answer)
    placed = np.isfinite(positions[:, 0])
    assert table["row"].to_pylist() == np.flatnonzero(placed).tolist()
    assert table["x"].to_pylist() == positions[placed, 0].tolist()
    assert table["y"].to_pylist() == positions[placed, 1].tolist()
    described = {b"number": b"1", b"phase": LAYOUT.encode(), b"fraction": b"0.25", b"total": b"40"}
    assert table.schema.metadata == described
    assert look(projection_set, if_none_match=answer["ETag"]).status_code == 304


def test_the_next_layout_takes_the_place_of_the_last_and_the_job_tells_its_number(attempt, growth, look):
    projection_set, run = attempt
    growth.show("Spectral start", None, np.where(np.arange(40)[:, None] < 10, layout(), np.nan))
    before = look(projection_set)["ETag"]
    growth.show(LAYOUT, 0.5, layout(1))
    growth.show(LAYOUT, 0.6, layout(2))
    answer = look(projection_set, if_none_match=before)
    table = table_of(answer)
    assert table["x"].to_pylist() == layout(2)[:, 0].tolist()
    assert table["row"].to_pylist() == list(range(40))
    assert table.schema.metadata[b"number"] == b"3"
    assert Job.objects.get(pk=run.job.pk).frame_number == 3
    assert ProjectionGrowth.objects.count() == 1


def test_who_lost_the_lease_shows_nothing(attempt, growth):
    _, run = attempt
    growth.show(LAYOUT, 0.1, layout())
    before = ProjectionGrowth.objects.values().get()
    Job.objects.filter(pk=run.job.pk).update(lease=None, state=JobState.QUEUED)
    with pytest.raises(leases.LeaseLost):
        growth.show(LAYOUT, 0.2, layout(1))
    assert ProjectionGrowth.objects.values().get() == before


@pytest.mark.parametrize(
    "end",
    [leases.cancel, lambda job: leases.fail(job, "No."), lambda job: leases.release(job, "It died.")],
    ids=["cancelled", "failed", "cut short"],
)
def test_what_an_attempt_showed_goes_with_it(attempt, growth, look, end):
    projection_set, run = attempt
    growth.show(LAYOUT, 0.1, layout())
    end(run.job)
    assert not ProjectionGrowth.objects.exists()
    assert look(projection_set).status_code == 204


@pytest.mark.skipif(connection.vendor != "sqlite", reason="other databases have many writers")
def test_a_layout_is_left_out_while_somebody_else_writes(attempt, growth, transactional_db):
    _, run = attempt
    growth.show(LAYOUT, 0.1, layout())
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None, uri=True)
    try:
        other.execute("BEGIN IMMEDIATE")
        growth.show(LAYOUT, 0.2, layout(1))
        other.execute("ROLLBACK")
    finally:
        other.close()
    assert ProjectionGrowth.objects.get().number == 1
    growth.show(LAYOUT, 0.3, layout(2))
    assert ProjectionGrowth.objects.get().number == 2
    run.check_cancelled()


def test_a_finished_map_shows_no_layout_in_the_making(train, run, work, look):
    made = run([train], "umap", parameters={"n_epochs": 30})["projectionSet"]["id"]
    work()
    projection_set = ProjectionSet.objects.get(pk=made)
    assert projection_set.finished_at is not None
    assert projection_set.job.frame_number > 0
    assert not ProjectionGrowth.objects.exists()
    assert look(projection_set).status_code == 204


def test_a_layout_is_stopped_while_its_job_runs_and_asking_twice_is_harmless(attempt, gql, bob):
    projection_set, run = attempt
    for _ in range(2):
        answer = gql(bob, STOP, {"id": str(projection_set.pk)})["data"]["stopProjection"]
        assert answer["errors"] == []
        assert answer["projectionSet"]["job"]["stopRequestedAt"] is not None
        assert answer["projectionSet"]["job"]["canStop"] is False
    assert AuditEntry.objects.filter(action="stopped").count() == 1
    leases.release(run.job, "It died.")
    following = leases.claim_next(Lane.HEAVY)
    assert following.stop_requested_at is None


def test_what_does_not_run_cannot_be_stopped(train, run, gql, work, bob):
    made = run([train])["projectionSet"]["id"]

    def refusal():
        [error] = gql(bob, STOP, {"id": made})["data"]["stopProjection"]["errors"]
        assert (error["code"], error["field"]) == ("CONFLICT", "id")
        return error["message"]

    assert refusal() == "This map's job has not started: there is no layout to keep yet."
    work()
    assert refusal() == "This map's job has already ended: there is no layout to stop."
    assert not AuditEntry.objects.filter(action="stopped").exists()
