"""What jobs compute and store: maps, scores, exports."""

from __future__ import annotations

from apps.analysis.models import Analysis
from apps.curation.models import Export
from apps.jobs.models import Lane
from apps.projections.models import ProjectionSet
from tests.truth.scene import Scene
from tests.truth.write_paths import done, path


def ask_for_map(scene: Scene):
    given = {"embeddingSetIds": [scene.world.ids["embeddingSet"]], "method": "pca", "name": "New"}
    return scene.change("runProjection", **given)


@path("ask for a map", settled={"CONFLICT"})
def ask_map(scene, _):
    return ask_for_map(scene)


@path("make a map", prepare=ask_for_map, is_job=True)
def make_map(scene, _):
    scene.work(Lane.HEAVY)
    assert ProjectionSet.objects.get(name="New").arrays.count() == 4


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
