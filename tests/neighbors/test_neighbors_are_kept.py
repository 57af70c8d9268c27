"""The stored neighbours of an embedding set: made once, brought up to date, never wrong about their age."""

from __future__ import annotations

import numpy as np
import pytest

from apps.accounts.actor import Actor
from apps.datasets.models import Column
from apps.embeddings import neighbor_finding
from apps.embeddings.models import EmbeddingSet, Metric, NeighborGraph
from apps.embeddings.neighbors import neighbors_of
from apps.embeddings.services import delete_embedding_set
from apps.jobs.models import Job, JobState, Lane
from apps.jobs.runner import run_next
from apps.projects.models import AuditEntry
from tests.data import make_dataset, make_embedding_set


def true_lists(vectors, rows, k):
    """By row: the rows of the nearest, by all distances."""
    away = np.linalg.norm(vectors[:, None] - vectors[None], axis=2)
    np.fill_diagonal(away, -1)
    return np.asarray(rows)[np.argsort(away, axis=1, kind="stable")[:, :k]]


def lists_of(table):
    near = table.column("neighbors").combine_chunks().flatten().to_numpy()
    return near.reshape(table.num_rows, -1)


def test_neighbors_are_computed_once_and_say_what_they_are(compute, work, graphs, fetch, train, vectors):
    first = compute(train, neighborCount=6)
    assert compute(train, neighborCount=6)["job"]["id"] == first["job"]["id"]
    work()
    assert graphs(train) == [
        {
            "metric": "EUCLIDEAN",
            "neighborCount": 6,
            "recall": 1,
            "vectorsVersion": 1,
            "isFresh": True,
            "behindCount": 0,
        }
    ]
    table = fetch(train)
    assert np.array_equal(lists_of(table), true_lists(vectors, range(60), 6))
    assert table.column("key").to_pylist()[:2] == ["k0", "k1"]
    away = np.array(table.column("distances").to_pylist())
    assert (away[:, 0] == 0).all()
    assert (np.diff(away) >= 0).all()
    assert away[3, 1] == pytest.approx(np.sort(np.linalg.norm(vectors - vectors[3], axis=1))[1], rel=1e-5)
    assert AuditEntry.objects.filter(action="neighbors_started").count() == 1


def test_bringing_up_to_date_gives_what_computing_anew_gives(compute, work, graphs, fetch, log, remove, train, vectors):
    compute(train, neighborCount=6)
    work()
    columns = set(Column.objects.filter(dtype="uint32").values_list("pk", flat=True))
    more = np.random.default_rng(9).normal(size=(4, 5)).astype(np.float32)
    log(train, [60, 61, 62, 5], more)
    remove(train, [7])
    assert graphs(train)[0]["isFresh"] is False
    assert graphs(train)[0]["behindCount"] == 5
    compute(train)
    work()
    assert graphs(train)[0]["isFresh"] is True
    now = np.concatenate([vectors, more[:3]])
    now[5] = more[3]
    rows = [row for row in range(63) if row != 7]
    table = fetch(train)
    assert table.column("row").to_pylist() == rows
    assert np.array_equal(lists_of(table), true_lists(now[rows], rows, 6))
    # Only the lists that changed were stored: the columns stayed.
    [graph] = NeighborGraph.objects.select_related("rows")
    assert {graph.rows_id} == columns
    assert sum(graph.rows.segments.values_list("row_count", flat=True)) < 2 * len(rows)


@pytest.mark.parametrize(("first", "second"), [(6, 8), (8, 6)])
def test_of_two_jobs_at_once_the_longer_lists_are_kept_whole(
    compute, work, graphs, fetch, train, vectors, monkeypatch, first, second
):
    compute(train, neighborCount=first)
    compute(train, neighborCount=second)
    write = neighbor_finding.write_graph

    def overtaken(*args, **named):
        """The files are written; before rows name them, the other job begins and ends."""
        monkeypatch.undo()
        pending = write(*args, **named)
        assert run_next(Lane.HEAVY)
        return pending

    monkeypatch.setattr(neighbor_finding, "write_graph", overtaken)
    work()
    assert list(Job.objects.values_list("state", flat=True)) == [JobState.DONE] * 2
    assert [(graph["neighborCount"], graph["isFresh"]) for graph in graphs(train)] == [(8, True)]
    assert np.array_equal(lists_of(fetch(train)), true_lists(vectors, range(60), 8))
    assert Column.objects.filter(dtype="uint32").count() == 1


def test_few_vectors_give_short_lists_and_more_of_them_longer_ones(compute, work, fetch, log, train, project):
    small = make_embedding_set(make_dataset(project, "small", count=3), np.eye(3))
    compute(small, neighborCount=5)
    work()
    assert lists_of(fetch(small)).shape == (3, 3)
    log(small, [3, 4, 5], np.eye(3) * 2)
    compute(small)
    work()
    assert lists_of(fetch(small)).shape == (6, 5)


def test_a_map_stores_the_neighbors_that_it_computes_and_the_next_map_takes_them(gql, alice, work, graphs, train):
    run = """mutation ($input: RunProjectionInput!) { runProjection(input: $input) { projectionSet { id } } }"""
    read = "query ($id: ID!) { projectionSet(id: $id) { quality notes job { log } } }"
    logs = []
    for name in ("first", "second"):
        given = {"embeddingSetIds": [str(train.pk)], "method": "umap", "name": name}
        given["parameters"] = {"n_neighbors": 8, "n_epochs": 20}
        made = gql(alice, run, {"input": given})["data"]["runProjection"]["projectionSet"]
        work()
        found = gql(alice, read, {"id": made["id"]})["data"]["projectionSet"]
        assert found["quality"]["neighbor_recall"] == 1
        logs.append(found["job"]["log"])
    assert [(each["metric"], each["neighborCount"]) for each in graphs(train)] == [("EUCLIDEAN", 16)]
    assert "Finding neighbours" in logs[0]
    assert "Finding neighbours" not in logs[1]


def test_other_code_gets_stored_neighbors_only_where_they_are_right(compute, work, log, train):
    assert neighbors_of(train, Metric.EUCLIDEAN, 4) is None
    compute(train, neighborCount=6)
    work()
    found = neighbors_of(train, Metric.EUCLIDEAN, 4)
    assert found.indices.shape == (60, 4)
    assert neighbors_of(train, Metric.EUCLIDEAN, 7) is None
    assert neighbors_of(train, Metric.COSINE, 4) is None
    log(train, [0], np.ones((1, 5)))
    assert neighbors_of(train, Metric.EUCLIDEAN, 4) is None
    assert neighbors_of(train, Metric.EUCLIDEAN, 4, version=1) is not None


def test_neighbors_go_with_their_embedding_set(compute, work, train, alice):
    compute(train)
    work()
    paths = [segment.path for column in Column.objects.all() for segment in column.segments.all()]
    assert len(paths) == 3
    compute(train, metric="COSINE")
    delete_embedding_set(actor=Actor(user=alice), embedding_set=EmbeddingSet.objects.get(pk=train.pk))
    assert not NeighborGraph.objects.exists()
    assert not list(Column.objects.values_list("pk", "kind", "dtype", "width"))
    assert Job.objects.filter(kind="compute_neighbors", state="cancelled").count() == 1


@pytest.mark.parametrize(
    ("asked", "field"),
    [({"neighborCount": 1}, "neighborCount"), ({"neighborCount": 201}, "neighborCount")],
)
def test_wrong_numbers_of_neighbors_are_refused(compute, train, asked, field):
    [error] = compute(train, **asked)["errors"]
    assert (error["code"], error["field"]) == ("BAD_USER_INPUT", field)
    assert "from 2 to 200" in error["message"]
    assert not Job.objects.exists()


def test_a_viewer_may_look_but_not_compute(compute, gql, vera, work, train):
    [error] = compute(train, caller=vera)["errors"]
    assert error["code"] == "FORBIDDEN"
    assert not Job.objects.exists()
