"""Hostile parameters of jobs are refused at the API, and again by the worker where they stand in the database."""

from __future__ import annotations

import json
import uuid

import numpy as np
import pytest
from django.utils import timezone

from apps.accounts.actor import Actor
from apps.analysis.models import Analysis, AnalysisKind, AnalysisSource
from apps.curation.models import Export, ExportFormat
from apps.datasets.models import Datapoint, Dataset
from apps.jobs.models import Job, JobState, Lane
from apps.jobs.registry import KINDS
from apps.jobs.runner import run_next
from apps.projections.models import ProjectionSet
from apps.projections.services import run_projection
from apps.projects.models import Project
from tests.data import make_dataset, make_embedding_set, make_objects, make_trained_model

pytestmark = pytest.mark.holds(21)
MAP = """
    mutation ($ids: [ID!]!, $method: String!, $parameters: JSON, $seed: Int) {
        runProjection(input: {embeddingSetIds: $ids, method: $method, parameters: $parameters, seed: $seed}) {
            errors { code message field } } }"""
REFUSED = [
    {"n_neighbors": value}
    for value in (-1, 0, 1, 201, 10**9, 10**30, 10**400, 2.5, "x", None, True, [15], {"a": 1}, "15")
]
REFUSED += [{"min_dist": value} for value in (-0.1, 3.1, "0.1", [], 1e308, 10**400)]
REFUSED += [{"min_dist": 1.0, "spread": 0.5}, {"spread": 0}, {"spread": -1}]
REFUSED += [{"n_epochs": value} for value in (0, 9, 5001, 10**9, 1.5)]
REFUSED += [{"metric": value} for value in ("__import__('os')", "haversine", "", None, 5, ["cosine"], "COSINE")]
REFUSED += [{"n_components": 4}, {"random_state": 1}, {"callback": "x"}, {"engine": "x"}, {"__class__": 1}, {"": 1}]


def run_all() -> None:
    for lane in Lane:
        while run_next(lane):
            pass


@pytest.fixture
def embedding_set(project):
    return make_embedding_set(make_dataset(project, count=6), np.eye(6))


@pytest.fixture
def ask(gql, bob, embedding_set):
    def ask(**variables):
        answer = gql(bob, MAP, {"ids": [str(embedding_set.pk)], "method": "umap"} | variables)
        return answer["errors"] if "errors" in answer else answer["data"]["runProjection"]["errors"]

    return ask


def test_parameters_of_maps_are_refused_with_what_is_allowed(ask):
    for parameters in REFUSED:
        [error] = ask(parameters=parameters)
        assert error["code"] == "BAD_USER_INPUT", (parameters, error)
        assert error["field"].startswith("parameters"), (parameters, error)
        assert len(error["message"]) < 300, error
    for seed in (-1, 2**31, 2**40):
        [error] = ask(seed=seed)
        assert error.get("code", error.get("extensions", {}).get("code")) == "BAD_USER_INPUT", error
    [error] = ask(method="apps.projections.compute.umap:umap")
    assert "choose one of" in error["message"]
    for body in ([], "x", 5):
        [error] = ask(parameters=body)
        assert error["field"] == "parameters"
    assert not Job.objects.exists()
    assert not ProjectionSet.objects.exists()


@pytest.fixture
def queued(transactional_db, alice, project):
    """queued(kind, parameters) -> a job that somebody wrote straight to the database."""

    def write(kind, parameters):
        return Job.objects.create(
            project=project,
            kind=kind,
            title="Forged",
            lane=KINDS[kind].lane,
            parameters=parameters,
            requested_by=alice,
            queued_at=timezone.now(),
        )

    return write


def test_parameters_that_stand_in_the_database_are_checked_again(transactional_db, alice, project):
    embedding_set = make_embedding_set(make_dataset(project, count=6), np.eye(6))
    for number, parameters in enumerate(REFUSED):
        made = run_projection(
            actor=Actor(user=alice), embedding_sets=[embedding_set], method="umap", name=f"m{number}", seed=number
        )
        made.projector.parameters = parameters
        made.projector.save()
        run_all()
    for job in Job.objects.all():
        assert (job.state, job.attempt) == (JobState.FAILED, 1), job.error
        assert "must be" in job.error or "has no parameter" in job.error, job.error
    assert not ProjectionSet.objects.exclude(finished_at=None).exists()


OWN_KINDS = sorted(name for name, kind in KINDS.items() if kind.body.__module__.startswith("apps."))
NAMES = ["projection_set_id", "analysis_id", "dataset_id", "category_id", "selection_id", "export_id", "import_id"]
NAMES += ["action", "undo_of", "why", "sources"]
WRONG = [None, True, -1, 10**30, 1.5, "", "x", "' OR 1=1 --", [], [1], {}, {"pk__gt": 0}, "0" * 5_000]
WRONG_WHOLES = [[], "x", 5, None, {"a": 1}]


def test_damaged_parameters_end_each_kind_of_job_with_a_sentence(queued, project):
    """All names with one wrong value, and no names at all. Deletions of what is not there are simply done."""
    kinds = [kind for kind in OWN_KINDS if kind != "delete_project"]
    assert len(kinds) > 10
    bodies = [dict.fromkeys(NAMES, value) for value in WRONG] + [body for body in WRONG_WHOLES if body is not None]
    for kind in kinds:
        Job.objects.all().delete()
        for parameters in bodies:
            queued(kind, parameters)
        run_all()
        for job in Job.objects.all():
            sentence = (kind, job.parameters, job.error)
            assert job.state == JobState.FAILED or (job.state == JobState.DONE and kind.startswith("delete_")), sentence
            assert "Something went wrong" not in job.error, sentence
            assert job.attempt == 1, sentence
    assert Project.objects.filter(pk=project.pk).exists()


def test_a_job_touches_nothing_of_another_project(queued, charlie):
    other = Project.objects.get(namespace="charlie")
    dataset = make_dataset(other, "theirs", count=4, labels=["a", "b"])
    category = other.categories.get(name="a")
    embedding_set = make_embedding_set(dataset, np.eye(4))
    made = run_projection(actor=Actor(user=charlie), embedding_sets=[embedding_set], method="pca")
    theirs = {"dataset_id": str(dataset.pk), "category_id": str(category.pk), "projection_set_id": str(made.pk)}
    Job.objects.all().delete()
    for kind in ("delete_dataset", "delete_category", "run_projection"):
        queued(kind, theirs)
    run_all()
    assert Dataset.objects.filter(pk=dataset.pk).exists()
    assert Datapoint.objects.filter(dataset=dataset, category=category).exists()
    assert ProjectionSet.objects.get(pk=made.pk).finished_at is None


def test_an_export_that_names_another_projects_dataset_holds_nothing(queued, alice, project, charlie):
    theirs = make_dataset(Project.objects.get(namespace="charlie"), "theirs", count=4)
    facts = {"id": str(theirs.pk), "name": "theirs"}
    export = Export.objects.create(
        project=project, format=ExportFormat.KEYS, file_name="x", created_by=alice, expires_at=timezone.now(), path="",
        size=0, sha256="", scope={"dataset": facts, "embedding_sets": [], "include_objects": True,
                                  "spreadsheet_safe": False},
    )  # fmt: skip
    job = queued("export", {"export_id": str(export.pk)})
    run_all()
    job.refresh_from_db()
    assert (job.state, "was deleted" in job.error) == (JobState.FAILED, True)


HOSTILE_MATCHES = [
    {"iou_threshold": value} for value in (-1, 0, 1.5, 1e308, 10**400, "0.5", None, [], True)
] + [{"method": "apps.jobs"}, {"method": None}, {"is_class_aware": "yes"}]  # fmt: skip


def test_a_match_is_checked_again_by_the_worker(queued, project):
    model = make_trained_model(project)
    dataset = make_dataset(project, count=1)
    make_objects(dataset, [(0, (0, 0, 0.5, 0.5))], labels=["1"])
    make_objects(dataset, [(0, (0, 0, 0.5, 0.5))], trained_model=model)
    good = {"iou_threshold": 0.5, "method": "hungarian", "is_class_aware": False}
    for number, wrong in enumerate(HOSTILE_MATCHES):
        analysis = Analysis.objects.create(
            project=project, kind=AnalysisKind.MATCH_OBJECTS, name=f"m{number}", trained_model=model,
            parameters=good | wrong,
        )  # fmt: skip
        AnalysisSource.objects.create(analysis=analysis, position=0, dataset=dataset)
        queued("match_objects", {"analysis_id": str(analysis.pk)})
    run_all()
    assert {job.state for job in Job.objects.all()} == {JobState.FAILED}
    assert all("must be" in job.error for job in Job.objects.all()), [job.error for job in Job.objects.all()]


def test_a_map_whose_arrays_cannot_fit_is_refused_with_numbers_and_advice(ask, settings, project):
    settings.CHROMA_JOB_MEMORY = 100
    [error] = ask(parameters={"n_neighbors": 2})
    assert error["code"] == "LIMIT_EXCEEDED"
    assert "GiB" in error["message"]
    assert "6 datapoints" in error["message"]
    assert "CHROMA_JOB_MEMORY" in error["message"]
    many = {"ids": [str(make_embedding_set(make_dataset(project, "many", count=40), np.eye(40)).pk)]}
    settings.CHROMA_JOB_MEMORY = 40 * 40 * 4 + 40 * 32 * 20
    assert ask(**many, parameters={"n_neighbors": 15}) == []
    [error] = ask(**many, parameters={"n_neighbors": 200})
    assert (error["field"], "fewer neighbours" in error["message"]) == ("parameters.n_neighbors", True)
    assert Job.objects.count() == 1


def test_a_job_of_nothing_is_said_to_be_gone(queued):
    for kind, name in (("run_projection", "projection_set_id"), ("run_class_quality", "analysis_id")):
        queued(kind, {name: str(uuid.uuid4())})
    run_all()
    for job in Job.objects.all():
        assert (job.state, "deleted" in job.error) == (JobState.FAILED, True), json.dumps(job.error)
