"""Placing new datapoints on a map, fitting it again from where it lies, and how its versions hang together."""

from __future__ import annotations

import numpy as np
import pytest

from apps.accounts.actor import Actor
from apps.datasets import bitmaps
from apps.datasets.columns import append_values
from apps.datasets.models import Datapoint
from apps.embeddings.models import EmbeddingSet
from apps.jobs.models import Job
from apps.projections.arrays import read_arrays
from apps.projections.models import ProjectionSet
from apps.projections.precomputed import store_positions
from apps.projects.models import AuditEntry, Change
from apps.projects.services.projects import create_project
from tests.data import make_dataset, make_embedding_set

VERSION = """id name origin drift notes projectionCount finishedAt previous { id } versions { id name }
  job { state error title } projector { method } sources { embeddingSet { id } }"""
PLACE = f"""mutation ($input: PlaceNewDatapointsInput!) {{ placeNewDatapoints(input: $input) {{
  projectionSet {{ {VERSION} }} errors {{ code field message }} }} }}"""
REFIT = f"""mutation ($input: RefitProjectionInput!) {{ refitProjection(input: $input) {{
  projectionSet {{ {VERSION} }} errors {{ code field message }} }} }}"""
MAP = f"query ($id: ID!) {{ projectionSet(id: $id) {{ {VERSION} stale }} }}"
QUICK = {"method": "umap", "parameters": {"n_neighbors": 8, "n_epochs": 60}, "seed": 3}


@pytest.fixture
def change(gql, alice):
    """change(PLACE, map, **input) -> the payload."""

    def change(document, made, caller=None, **given):
        answer = gql(caller or alice, document, {"input": {"id": made["id"], **given}})
        assert not answer.get("errors"), answer
        [payload] = answer["data"].values()
        return payload

    return change


@pytest.fixture
def read(gql, alice):
    return lambda made: gql(alice, MAP, {"id": made["id"]})["data"]["projectionSet"]


@pytest.fixture
def first(run, work, train):
    """A finished UMAP map of 40 datapoints."""
    made = run([train], **QUICK)["projectionSet"]
    work()
    return made


def log(embedding_set, rows, vectors):
    append_values(embedding_set.vectors, np.asarray(rows, dtype=np.uint32), np.asarray(vectors, dtype=np.float32))
    embedding_set.refresh_from_db()


def log_more(embedding_set, blobs, count=10):
    dataset = embedding_set.dataset
    Datapoint.objects.bulk_create(Datapoint(dataset=dataset, row=row, key=f"k{row}") for row in range(40, 40 + count))
    dataset.next_row = 40 + count
    dataset.alive = make_alive(40 + count)
    dataset.save(update_fields=["next_row", "alive"])
    log(embedding_set, range(40, 40 + count), blobs(count, seed=5))


def make_alive(count):
    return bitmaps.dump(bitmaps.of_rows(np.arange(count, dtype=np.uint32)))


def places_of(made):
    row, x, y = read_arrays(ProjectionSet.objects.get(pk=made["id"]), "row", "x", "y")
    return {int(each): (a.tobytes(), b.tobytes()) for each, a, b in zip(row, x, y, strict=True)}


def moved_of(made):
    row, moved = read_arrays(ProjectionSet.objects.get(pk=made["id"]), "row", "moved")
    return dict(zip(row.tolist(), moved.tolist(), strict=True))


def test_new_datapoints_are_placed_and_the_others_stay_bit_by_bit(change, read, work, first, train, blobs):
    log_more(train, blobs)
    payload = change(PLACE, first)
    assert payload["errors"] == []
    made = payload["projectionSet"]
    assert made["job"]["title"] == "10 datapoints placed on the map “UMAP fc2 v2”"
    work()
    stored = read(made)
    assert (stored["name"], stored["origin"], stored["projectionCount"]) == ("UMAP fc2 v2", "PLACE", 50)
    assert stored["job"]["state"] == "DONE", stored["job"]
    assert (stored["previous"]["id"], stored["stale"]) == (first["id"], False)
    assert [version["name"] for version in stored["versions"]] == ["UMAP fc2", "UMAP fc2 v2"]
    before, now = places_of(first), places_of(made)
    assert {row: now[row] for row in range(40)} == before
    moved = moved_of(made)
    assert {moved[row] for row in range(40)} == {0}
    assert {moved[row] for row in range(40, 50)} == {-1}
    drift = stored["drift"]
    assert (drift["n_shared"], drift["n_new"], drift["n_gone"], drift["p90"]) == (40, 10, 0, 0)
    assert drift["neighbor_retention"] == 1
    # They lie in the blob that their vectors lie in: the first half of each log is one, the rest the other.
    x, y = read_arrays(ProjectionSet.objects.get(pk=made["id"]), "x", "y")
    points = np.column_stack([x, y])
    left, right = points[:20].mean(axis=0), points[20:40].mean(axis=0)
    is_left = np.linalg.norm(points[40:] - left, axis=1) < np.linalg.norm(points[40:] - right, axis=1)
    assert is_left.tolist() == [True] * 5 + [False] * 5


def test_changed_vectors_get_new_places_and_deleted_datapoints_go(change, work, first, train, blobs):
    # Two of one blob become of the other one; a third is logged again as it was; a fourth loses its vector.
    log(train, [0, 1], blobs(40)[[30, 31]])
    log(train, [2], blobs(40)[[2]])
    dataset = train.dataset
    dataset.alive = make_alive(39)
    dataset.save(update_fields=["alive"])
    made = change(PLACE, first)["projectionSet"]
    work()
    before, now = places_of(first), places_of(made)
    assert set(now) == set(range(39))
    assert {row for row in now if now[row] != before[row]} == {0, 1}
    moved = moved_of(made)
    assert min(moved[0], moved[1]) > 0.5
    assert moved[2] == 0


@pytest.mark.parametrize("method", ["pca", "precomputed"])
def test_maps_of_other_methods_are_added_to_by_neighbours_too(change, work, run, train, blobs, method, actor, read):
    if method == "pca":
        made = run([train])["projectionSet"]
        work()
    else:
        positions = blobs(40)[:, :2].copy()
        made = {"id": str(store_positions(actor=actor, embedding_sets=[train], positions=positions, name=None).pk)}
    log_more(train, blobs)
    version = change(PLACE, made)["projectionSet"]
    work()
    before, now = places_of(made), places_of(version)
    assert {row: now[row] for row in range(40)} == before
    assert read(version)["projectionCount"] == 50


def test_a_refit_with_nothing_new_stays_near_where_it_was(change, read, work, first):
    made = change(REFIT, first, name="Again")["projectionSet"]
    work()
    stored = read(made)
    assert stored["job"]["state"] == "DONE", stored["job"]
    assert (stored["name"], stored["origin"], stored["previous"]["id"]) == ("Again", "REFIT", first["id"])
    drift = stored["drift"]
    assert (drift["n_unchanged"], drift["n_new"]) == (40, 0)
    # Blobs of 20 datapoints without structure of their own: within each they jostle.
    assert drift["unchanged_median"] < 0.35
    assert drift["neighbor_retention"] > 0.5


def test_a_turned_model_of_another_dimension_gives_an_aligned_map(change, read, work, run, first, train, blobs):
    turn, _ = np.linalg.qr(np.random.default_rng(8).normal(size=(9, 9)))
    vectors = np.concatenate([blobs(40), np.zeros((40, 3))], axis=1) @ turn
    newer = make_embedding_set(train.dataset, vectors.astype(np.float32), layer="fc3")
    made = change(REFIT, first, embeddingSetIds=[str(newer.pk)])["projectionSet"]
    work()
    stored = read(made)
    assert stored["job"]["state"] == "DONE", stored["job"]
    assert stored["sources"] == [{"embeddingSet": {"id": str(newer.pk)}}]
    assert (stored["drift"]["n_shared"], stored["drift"]["n_unchanged"]) == (40, 0)
    assert stored["drift"]["median"] < 0.35


def test_a_method_that_starts_from_nothing_is_fitted_again_and_laid_over(change, read, work, run, train, blobs):
    first = run([train])["projectionSet"]
    work()
    # Every vector mirrored: so is a PCA map of them, but its version lies as the first one did.
    log(train, range(40), -blobs(40))
    log_more(train, blobs, 1)
    made = change(REFIT, first)["projectionSet"]
    work()
    drift = read(made)["drift"]
    assert (drift["n_unchanged"], drift["n_new"]) == (0, 1)
    assert drift["median"] < 0.1


def test_versions_are_listed_from_any_of_them_and_survive_one_that_goes(change, read, work, gql, alice, first):
    second = change(REFIT, first)["projectionSet"]
    work()
    third = change(REFIT, second)["projectionSet"]
    work()
    assert third["name"] == "UMAP fc2 v3"
    for made in (first, second, third):
        assert [version["id"] for version in read(made)["versions"]] == [first["id"], second["id"], third["id"]]
    gql(alice, "mutation ($id: ID!) { deleteProjectionSet(input: {id: $id}) { deletedId } }", {"id": second["id"]})
    assert [version["id"] for version in read(third)["versions"]] == [third["id"]]
    assert read(third)["previous"] is None


def test_a_version_whose_previous_is_deleted_before_it_starts_says_so(change, read, work, gql, alice, first):
    made = change(REFIT, first)["projectionSet"]
    gql(alice, "mutation ($id: ID!) { deleteProjectionSet(input: {id: $id}) { deletedId } }", {"id": first["id"]})
    work()
    assert read(made)["job"]["error"] == "The version of the map that this one starts from was deleted meanwhile."


def refusals(change, document, made, caller=None, **given):
    counts = [model.objects.count() for model in (ProjectionSet, Job, AuditEntry, Change)]
    payload = change(document, made, caller, **given)
    assert payload["projectionSet"] is None
    assert counts == [model.objects.count() for model in (ProjectionSet, Job, AuditEntry, Change)]
    [error] = payload["errors"]
    return error["code"], error["message"]


def test_what_cannot_be_placed_or_fitted_is_refused(change, run, actor, project, first, train, production, blobs):
    code, message = refusals(change, PLACE, first)
    assert code == "CONFLICT"
    assert "nothing to place" in message
    unfinished = run([train])["projectionSet"]
    for document in (PLACE, REFIT):
        assert refusals(change, document, unfinished) == ("CONFLICT", "This map is not finished; see its job.")
    code, message = refusals(change, REFIT, first, embeddingSetIds=[str(production.pk)])
    assert (code, message) == (
        "BAD_USER_INPUT", "A version of this map needs one embedding set for each of its datasets: train."
    )  # fmt: skip
    code, message = refusals(change, REFIT, first, embeddingSetIds=[str(train.pk), str(production.pk)])
    assert "one embedding set for each of its datasets" in message
    code, message = refusals(change, REFIT, first, name=first["name"])
    assert code == "CONFLICT"
    sparse = make_embedding_set(train.dataset, blobs(40)[:2], layer="sparse")
    code, message = refusals(change, REFIT, first, embeddingSetIds=[str(sparse.pk)])
    assert "needs at least 4 embeddings" in message


def test_only_editors_make_versions(change, first, train, blobs, bob, vera, charlie):
    log_more(train, blobs)
    for document in (PLACE, REFIT):
        assert refusals(change, document, first, vera)[0] == "FORBIDDEN"
        assert refusals(change, document, first, charlie)[0] == "NOT_FOUND"
        assert change(document, first, bob)["errors"] == []


def test_an_embedding_set_of_a_strangers_project_does_not_exist(change, first, charlie):
    theirs = create_project(actor=Actor(user=charlie), name="Own")
    theirs = make_embedding_set(make_dataset(theirs, "train", count=5), np.eye(5))
    assert refusals(change, REFIT, first, embeddingSetIds=[str(theirs.pk)])[0] == "NOT_FOUND"
    assert EmbeddingSet.objects.count() == 2
