"""What jobs compute and store: maps, scores, exports."""

from __future__ import annotations

from uuid import uuid4

from django.db import OperationalError
from django.utils import timezone

from apps.analysis.models import Analysis
from apps.curation.models import Export
from apps.embeddings.models import NeighborGraph
from apps.jobs import leases
from apps.jobs.models import Job, JobState, Lane
from apps.jobs.services import enqueue_job
from apps.projections.models import ProjectionSet
from tests.jobs.kinds_app import tasks  # noqa: F401 - registers the kinds
from tests.truth.scene import Failed, Scene
from tests.truth.write_paths import done, path


def ask_for_map(scene: Scene):
    given = {"embeddingSetIds": [scene.world.ids["embeddingSet"]], "method": "pca", "name": "New"}
    return scene.change("runProjection", **given)


@path("ask for a map", settled={"CONFLICT"})
def ask_map(scene, _):
    return ask_for_map(scene)


@path("make a map", prepare=ask_for_map, is_job=True, has_steps=True)
def make_map(scene, _):
    scene.work(Lane.HEAVY)
    assert ProjectionSet.objects.get(name="New").arrays.filter(name="preservation").exists()


@path(
    "stop the layout of a map",
    prepare=lambda scene: scene.world.growing_map(),
    repeats={"Job", "Change", "AuditEntry", "ProjectionGrowth"},
)
def stop_map(scene, made):
    """Its worker is gone where the first try failed, and another one has it."""
    until = timezone.now() + leases.LEASE
    taken = {"state": JobState.RUNNING, "lease": uuid4(), "lease_until": until, "stop_requested_at": None}
    try:
        Job.objects.filter(target_id=made, state=JobState.QUEUED).update(**taken)
    except OperationalError as problem:
        raise Failed from problem
    return scene.change("stopProjection", id=made)


def outgrow_map(scene: Scene):
    return scene.world.outgrown_map(scene.user)


@path("ask for a version of a map", prepare=outgrow_map, settled={"CONFLICT"})
def ask_version(scene, made):
    return scene.change("placeNewDatapoints", id=made, name="New")


def ask_for_version(scene: Scene):
    return scene.change("refitProjection", id=outgrow_map(scene), name="New")


@path("make a version of a map", prepare=ask_for_version, is_job=True, has_steps=True)
def make_version(scene, _):
    scene.work(Lane.HEAVY)
    made = ProjectionSet.objects.get(name="New")
    assert made.drift["n_shared"] == 5
    assert made.arrays.filter(name="moved").exists()


def split_a_sum(scene: Scene):
    enqueue_job(actor=scene.actor, project=scene.project, kind="add_up", title="A sum", parameters={"count": 2})


@path("join a job in parts", prepare=split_a_sum, is_job=True, has_steps=True)
def join_parts(scene, _):
    scene.work(Lane.HEAVY)
    scene.user.refresh_from_db()
    assert scene.user.first_name == "added 45 "


def ask_for_neighbors(scene: Scene):
    return scene.change("computeNeighbors", embeddingSetId=scene.world.ids["embeddingSet"], metric="EUCLIDEAN")


@path("ask for neighbours")
def ask_neighbors(scene, _):
    return ask_for_neighbors(scene)


@path("compute neighbours", prepare=ask_for_neighbors, is_job=True, has_steps=True)
def compute_neighbors(scene, _):
    scene.work(Lane.HEAVY)
    assert NeighborGraph.objects.get(metric="euclidean").recall == 1


def ask_for_scores(scene: Scene):
    id = scene.world.ids["embeddingSet"]
    payload = scene.change("runClassQuality", referenceEmbeddingSetId=id, targetEmbeddingSetIds=[id], name="New")
    assert not done(payload), payload


@path("score the quality of classes", prepare=ask_for_scores, is_job=True)
def score(scene, _):
    scene.work(Lane.HEAVY)
    assert Analysis.objects.get(name="New").score_sets.exists()


def ask_for_matches(scene: Scene):
    payload = scene.change("matchObjects", **scene.world.detections(), name="New")
    assert not done(payload), payload


@path("match objects", prepare=ask_for_matches, is_job=True, has_steps=True)
def match(scene, _):
    scene.work(Lane.HEAVY)
    assert Analysis.objects.get(name="New").score_sets.exists()


def ask_for_export(scene: Scene):
    payload = scene.change(
        "createExport", datasetId=str(scene.dataset.pk), projectId=str(scene.project.pk), format="CSV"
    )
    assert not done(payload), payload


@path("ask for an export", repeats={"Export", "Job", "Change", "AuditEntry"})
def ask_export(scene, _):
    ask_for_export(scene)


@path("finish an export", prepare=ask_for_export, is_job=True)
def finish_export(scene, _):
    scene.work(Lane.LIGHT)
    assert not Export.objects.filter(row_count=None).exclude(scope={}).exclude(format="keys").exists()
