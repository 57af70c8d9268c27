"""What cannot become a map is refused with a sentence, and nothing is left of the attempt."""

from __future__ import annotations

import io

import numpy as np
import pyarrow as pa
import pytest

from apps.jobs.models import Job
from apps.projections.models import ProjectionSet, Projector
from tests.data import make_dataset, make_embedding_set

METHODS = "choose one of umap, tsne, pacmap, localmap, densmap, pca."
NEIGHBOURS = "n_neighbors must be a whole number from 2 to 200, not"
EPOCHS = "n_epochs must be a whole number from 10 to 5000, not"
METRICS = "metric must be one of euclidean, cosine, dot, manhattan, correlation, not"
KNOWN = "it has n_neighbors, min_dist, supervised, spread, metric, n_epochs, n_components, engine, mode."
SEEDS = "seed must be a whole number from 0 to 2147483647, not"
REFUSALS = [
    ({"method": "isomap"}, "method", f"There is no method 'isomap'; {METHODS}"),
    ({"method": "precomputed"}, "method", f"There is no method 'precomputed'; {METHODS}"),
    ({"parameters": {"n_neighbors": 1}}, "parameters.n_neighbors", f"{NEIGHBOURS} '1'."),
    ({"parameters": {"n_neighbors": 2.5}}, "parameters.n_neighbors", f"{NEIGHBOURS} '2.5'."),
    ({"parameters": {"n_neighbors": True}}, "parameters.n_neighbors", f"{NEIGHBOURS} 'True'."),
    ({"parameters": {"n_neighbors": None}}, "parameters.n_neighbors", f"{NEIGHBOURS} 'None'."),
    ({"parameters": {"n_epochs": 10**9}}, "parameters.n_epochs", f"{EPOCHS} '1000000000'."),
    ({"parameters": {"min_dist": "0.1"}}, "parameters.min_dist", "min_dist must be a number from 0 to 3, not '0.1'."),
    ({"parameters": {"min_dist": 2}}, "parameters.min_dist", "min_dist (2) must be at most spread (1)."),
    ({"parameters": {"metric": "hamming"}}, "parameters.metric", f"{METRICS} 'hamming'."),
    ({"parameters": {"callback": 1}}, "parameters.callback", f"UMAP has no parameter 'callback'; {KNOWN}"),
    ({"parameters": [1]}, "parameters", "parameters must be an object of names and values."),
    (
        {"method": "pca", "parameters": {"n_neighbors": 5}},
        "parameters.n_neighbors",
        "PCA has no parameter 'n_neighbors'; it has n_components.",
    ),
    ({"seed": -1}, "seed", f"{SEEDS} -1."),
    ({"name": " "}, "name", "A map's name must have 1 to 100 visible characters, not 0."),
]


@pytest.mark.parametrize(("given", "field", "message"), REFUSALS)
@pytest.mark.holds(40)
def test_wrong_arguments_are_named(run, train, given, field, message):
    answer = run([train], given.pop("method", "umap"), **given)
    assert answer["projectionSet"] is None
    [error] = answer["errors"]
    assert (error["field"], error["message"], error["code"]) == (field, message, "BAD_USER_INPUT")
    assert_nothing_made()


def test_no_embedding_set_is_refused(run, alice):
    assert run([])["errors"][0]["message"] == "Choose at least one embedding set."
    assert_nothing_made()


@pytest.mark.holds(40)
def test_other_dimensions_are_refused(run, train, project):
    other = make_embedding_set(make_dataset(project, "wide", count=5), np.zeros((5, 7)), layer="fc2")
    assert run([train, other])["errors"][0]["message"] == (
        "All embedding sets of a map must have one dimension: that of train has 6, that of wide has 7."
    )
    assert_nothing_made()


def test_too_few_embeddings_are_refused(run, project, transactional_db):
    few = make_embedding_set(make_dataset(project, "few", count=3), np.zeros((3, 7)), layer="fc2")
    assert run([few], "umap")["errors"][0]["message"] == "UMAP needs at least 4 embeddings; there are 3."
    assert_nothing_made()


def test_a_name_that_is_taken_is_a_conflict(run, train):
    run([train], name="Mine")
    [error] = run([train], name="Mine")["errors"]
    assert (error["code"], error["field"]) == ("CONFLICT", "name")
    assert ProjectionSet.objects.count() == 1
    assert Job.objects.count() == 1


def stream(**columns):
    table = pa.table(columns)
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()


def floats(values):
    return pa.array(values, type=pa.float32())


@pytest.fixture
def send(client_for, alice, project):
    """send(body, embedding sets, caller=…) -> the response."""

    def send(body, embedding_sets, caller=None, **given):
        query = "&".join([f"source={found.pk}" for found in embedding_sets] + [f"{k}={v}" for k, v in given.items()])
        url = f"/bulk/v1/projects/{project.pk}/projection-sets?{query}"
        return client_for(caller or alice).post(url, body, content_type="application/vnd.apache.arrow.stream")

    return send


def test_positions_brought_along_are_a_map_at_once(send, train, production):
    x, y = np.arange(60, dtype=np.float32), np.zeros(60, dtype=np.float32)
    response = send(stream(x=x, y=y), [train, production], name="Mine")
    assert response.status_code == 201
    stored = ProjectionSet.objects.get(pk=response.json()["id"])
    assert (stored.name, stored.projection_count, stored.job) == ("Mine", 60, None)
    assert stored.projector.method == "precomputed"
    assert stored.finished_at is not None


FINITE = "positions must be finite numbers, no nulls."
ONES, OTHERS = [1.0] * 40, [1.0] * 39
WRONG = [
    ({"x": floats(OTHERS), "y": floats(OTHERS)}, "39 positions were sent; the embedding sets have 40 embeddings."),
    ({"x": floats(ONES)}, "The table needs the columns x and y, both float32."),
    ({"x": ONES, "y": ONES}, "Column x must be float32, not double."),
    ({"x": floats([*OTHERS, None]), "y": floats(ONES)}, f"Row 39, column x: {FINITE}"),
    ({"x": floats(ONES), "y": floats([float("inf"), *OTHERS])}, f"Row 0, column y: {FINITE}"),
    ({"w": floats(ONES)}, "Unknown column 'w'; allowed are x, y and z."),
]


@pytest.mark.parametrize(("columns", "message"), WRONG)
@pytest.mark.holds(40)
def test_wrong_positions_are_refused(send, train, columns, message):
    response = send(stream(**columns), [train])
    assert (response.status_code, response.json()["error"]["message"]) == (422, message)
    assert_nothing_made()


def test_positions_need_the_role_and_scope_to_write(send, train, alice, vera, charlie, token_for):
    body = stream(x=floats(ONES), y=floats(ONES))
    assert send(body, [train], caller=vera).status_code == 403
    assert send(body, [train], caller=token_for(alice, scope="read")).status_code == 403
    assert send(body, [train], caller=charlie).status_code == 404
    assert_nothing_made()


def assert_nothing_made():
    assert not ProjectionSet.objects.exists()
    assert not Projector.objects.exists()
    assert not Job.objects.exists()
