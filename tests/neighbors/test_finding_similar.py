"""Find similar, against distances by numpy."""

from __future__ import annotations

import numpy as np
import pytest

from apps.accounts.actor import Actor
from apps.curation.services.selections import create_selection
from apps.datasets import bitmaps
from apps.datasets.models import Datapoint
from apps.projects.services.projects import create_project
from tests.data import make_dataset, make_embedding_set, make_objects


def id_of(embedding_set, row):
    return f"{embedding_set.dataset_id}:{row}"


def distances(vectors, query, metric):
    vectors, query = vectors.astype(np.float64), np.asarray(query, dtype=np.float64)
    if metric == "CORRELATION":
        vectors, query = vectors - vectors.mean(axis=1, keepdims=True), query - query.mean()
    if metric in {"COSINE", "CORRELATION"}:
        return 1 - vectors @ query / np.linalg.norm(vectors, axis=1) / np.linalg.norm(query)
    if metric == "DOT":
        return (vectors**2).sum(axis=1).max() - vectors @ query
    return np.linalg.norm(vectors - query, ord=1 if metric == "MANHATTAN" else 2, axis=1)


@pytest.mark.parametrize("metric", ["EUCLIDEAN", "COSINE", "DOT", "MANHATTAN", "CORRELATION"])
def test_the_nearest_of_a_datapoint_are_those_of_its_vector(similar, compute, work, train, vectors, metric):
    away = distances(vectors, vectors[4], metric)
    away[4] = np.inf
    expected = np.argsort(away)[:5]
    exact = similar(train, datapoint=id_of(train, 4), metric=metric)
    assert exact[0] == [f"k{row}" for row in expected]
    assert exact[1] == pytest.approx(away[expected].tolist(), abs=1e-5)
    assert exact[2] is True
    compute(train, metric=metric, neighborCount=8)
    work()
    stored = similar(train, datapoint=id_of(train, 4), metric=metric)
    assert stored[0] == exact[0]
    assert stored[1] == pytest.approx(exact[1], abs=1e-4)
    assert stored[2] is False
    # More than the stored lists hold: all vectors are compared.
    assert similar(train, datapoint=id_of(train, 4), metric=metric, first=20)[2] is True


def test_stored_neighbors_that_are_behind_do_not_answer(similar, compute, work, log, remove, train, vectors):
    compute(train, neighborCount=8)
    work()
    log(train, [60], vectors[4:5] + 1e-4)
    keys, _, is_exact = similar(train, datapoint=id_of(train, 4))
    assert (keys[0], is_exact) == ("k60", True)
    compute(train)
    work()
    assert similar(train, datapoint=id_of(train, 4))[::2] == (keys, False)
    remove(train, [60])
    after = similar(train, datapoint=id_of(train, 4))
    assert "k60" not in after[0]
    assert after[2] is True


def test_the_nearest_of_a_selection_are_those_of_its_centre(similar, train, vectors, alice):
    chosen = [1, 2, 3]
    rows = {train.dataset: bitmaps.of_rows(np.array(chosen, dtype=np.uint32))}
    selection = create_selection(actor=Actor(user=alice), project=train.dataset.project, rows=rows)
    away = distances(vectors, vectors[chosen].mean(axis=0), "EUCLIDEAN")
    away[chosen] = np.inf
    assert similar(train, selection=str(selection.pk))[0] == [f"k{row}" for row in np.argsort(away)[:5]]
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    away = distances(vectors, unit[chosen].mean(axis=0), "COSINE")
    found = similar(train, selection=str(selection.pk), metric="COSINE", itself=True)
    assert found[0] == [f"k{row}" for row in np.argsort(away)[:5]]


def test_a_vector_finds_what_is_near_in_several_datasets_of_the_layer(similar, train, vectors, project):
    other = make_embedding_set(make_dataset(project, "production", count=3), vectors[:3] + 0.01)
    among = [str(train.dataset_id), str(other.dataset_id)]
    found = similar(train, vector=vectors[1].tolist(), among=among, first=2)
    assert found[0] == ["k1", "k1"]
    assert found[1] == pytest.approx([0, np.sqrt(5) * 0.01], abs=1e-5)
    # The training images like this one of production.
    assert similar(other, datapoint=id_of(other, 1), among=among[:1], first=1)[0] == ["k1"]


def test_a_role_may_be_asked_for(similar, transactional_db, project, vectors):
    dataset = make_dataset(project, "scenes", count=50)
    make_objects(dataset, [(row, [0.1, 0.1, 0.2, 0.2]) for row in range(10)])
    scenes = make_embedding_set(dataset, vectors)
    objects, contexts = np.arange(60) >= 50, np.arange(60) < 50
    away = distances(vectors, vectors[4], "EUCLIDEAN")
    away[4] = np.inf
    for role, others in (("OBJECT", contexts), ("CONTEXT", objects)):
        expected = np.argsort(np.where(others, np.inf, away))[:5]
        keys = [Datapoint.objects.get(dataset=dataset, row=row).key for row in expected]
        assert similar(scenes, datapoint=id_of(scenes, 4), role=role)[0] == keys


def test_questions_that_have_no_answer_are_refused_in_words(similar, train, vectors, project):
    def refused(code, word, **asked):
        [error] = similar(train, **asked)
        assert error["extensions"]["code"] == code
        assert word in error["message"]

    vector, datapoint = vectors[0].tolist(), id_of(train, 0)
    refused("BAD_USER_INPUT", "exactly one")
    refused("BAD_USER_INPUT", "exactly one", vector=vector, datapoint=datapoint)
    refused("BAD_USER_INPUT", "have 5", vector=[1.0])
    refused("BAD_USER_INPUT", "from 1 to 500", vector=vector, first=501)
    refused("BAD_USER_INPUT", "from 1 to 500", vector=vector, first=0)
    empty = make_dataset(project, "empty", count=1)
    bare = f"{empty.pk}:0"
    refused("BAD_USER_INPUT", "no vector", datapoint=bare)
    refused("BAD_USER_INPUT", "no embeddings", vector=vector, among=[str(empty.pk)])


def test_what_belongs_to_others_is_not_found(similar, train, vectors, bob, charlie, project):
    elsewhere = make_dataset(create_project(actor=Actor(user=charlie), name="Else"), "theirs", count=1)
    theirs = f"{elsewhere.pk}:0"
    vector = vectors[0].tolist()
    mine = create_project(actor=Actor(user=train.dataset.project.created_by), name="Second")
    own = make_dataset(mine, "mine", count=1)
    selection = create_selection(
        actor=Actor(user=train.dataset.project.created_by), project=mine, rows={own: bitmaps.BitMap([0])}
    )
    for asked in (
        {"caller": charlie, "vector": vector},
        {"datapoint": theirs},
        {"datapoint": f"{own.pk}:0"},
        {"vector": vector, "among": [str(elsewhere.pk)]},
        {"vector": vector, "among": [str(own.pk)]},
        {"selection": str(selection.pk)},
    ):
        [error] = similar(train, **asked)
        assert error["extensions"]["code"] == "NOT_FOUND"
