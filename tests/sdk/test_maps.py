"""Maps, against a real server process and its worker."""

from __future__ import annotations

import chroma_sdk as chroma
import numpy as np
import pytest


def log_vectors(project: chroma.Project, name: str, n: int, **origin) -> chroma.Dataset:
    dataset = project.dataset(name)
    vectors = np.random.default_rng(n).standard_normal((n, 6)).astype(np.float32)
    dataset.log([f"{name}-{row}" for row in range(n)], embeddings=vectors, **origin)
    return dataset


def test_a_map_of_two_datasets_is_made_by_the_worker_and_read(client_of, worker, live, alice):
    project = client_of(alice).project("MNIST")
    train, test = log_vectors(project, "train", 30), log_vectors(project, "test", 20)
    made = project.run_projection([train, test], method="pca", name="both")
    positions = made.positions()
    assert positions.shape == (50, 2)
    assert positions.dtype == np.float32
    assert np.isfinite(positions).all()
    assert made.members() == [("train", f"train-{row}") for row in range(30)] + [
        ("test", f"test-{row}") for row in range(20)
    ]
    assert made.keys() == [key for _, key in made.members()]
    assert 0 <= made.quality["trustworthiness"] <= 1
    assert made.url == f"{live.url}/projects/alice/MNIST/maps/{made.id}"

    assert [found.name for found in project.maps()] == ["both"]
    assert not made.is_stale
    log_vectors(project, "test", 25)
    assert made.is_stale

    with pytest.raises(chroma.ServerError, match="both"):
        project.run_projection([train], method="pca", name="both")


def test_a_map_with_three_components_tells_what_it_keeps(client_of, worker, alice):
    client = client_of(alice)
    assert {"umap", "tsne", "pca"} <= {method.name for method in client.projection_methods() if method.available}
    project = client.project("MNIST")
    train = log_vectors(project, "train", 30)
    made = project.run_projection([train], method="pca", n_components=3)
    assert made.columns == ["preservation", "z"]
    assert np.array_equal(made.positions(components=3), np.column_stack([made.positions(), made.column("z")]))
    kept = made.preservation()
    assert kept.dtype == np.float32
    assert ((kept >= 0) & (kept <= 1)).all()
    assert made.quality["neighbor_preservation"] == pytest.approx(kept.mean(), abs=1e-4)
    with pytest.raises(chroma.InvalidArgument, match="has no column 'moved'; it has preservation, z"):
        made.column("moved")
    for wrong in ({"n_components": 4}, {"engine": "gpu"}, {"mode": "best"}, {"supervised": "yes"}):
        with pytest.raises(chroma.InvalidArgument, match=f"^{next(iter(wrong))}: got"):
            project.run_projection([train], **wrong)


def test_positions_of_one_s_own_become_a_map(client_of, alice):
    project = client_of(alice).project("MNIST")
    train, test = log_vectors(project, "train", 5), log_vectors(project, "test", 3)
    places = np.arange(16, dtype=np.float32).reshape(8, 2)
    made = project.run_projection([train, test], method="precomputed", positions=places, name="mine")
    assert made.positions().tobytes() == places.tobytes()
    assert made.keys() == [*train.keys(), *test.keys()]
    deep = np.column_stack([places, np.arange(8, dtype=np.float32)])
    made = project.run_projection([train, test], method="precomputed", positions=deep)
    assert made.positions(components=3).tobytes() == deep.tobytes()
    with pytest.raises(chroma.InvalidArgument, match=r"positions: got shape \(7, 2\), wanted \(8, 2\)"):
        project.run_projection([train, test], method="precomputed", positions=places[:7])


def test_it_must_be_clear_which_embeddings_are_meant(client_of, alice):
    project = client_of(alice).project("MNIST")
    train = project.dataset("train")
    train.log(["a"])
    with pytest.raises(chroma.InvalidArgument, match="train has no embeddings yet"):
        train.embeddings()
    for version, layer in (("1", "fc1"), ("1", "fc2"), ("2", "fc1")):
        log_vectors(project, "train", 4, model="cnn", version=version, layer=layer)
    with pytest.raises(
        chroma.InvalidArgument, match=r"layer: train has several .*layer='fc1', model='cnn', version='2'"
    ):
        train.embeddings()
    with pytest.raises(chroma.InvalidArgument, match="version: train has several"):
        project.run_projection([train], layer="fc1")
    with pytest.raises(chroma.InvalidArgument, match="layer: train has no embeddings with layer='fc3'; it has"):
        train.embeddings(layer="fc3")
    assert train.embeddings(layer="fc1", version="2").shape == (4, 6)


def test_a_wrong_parameter_is_refused_with_the_server_s_sentence(client_of, alice):
    project = client_of(alice).project("MNIST")
    train = log_vectors(project, "train", 10)
    with pytest.raises(chroma.BadInput, match="n_neighbors"):
        project.run_projection([train], method="umap", n_neighbors=1)
    with pytest.raises(chroma.BadInput, match="neighbours"):
        project.run_projection([train], method="umap", neighbours=15)
    assert project.maps() == []


def test_interrupting_the_wait_leaves_the_job_and_says_so(client_of, alice, monkeypatch, capsys):
    project = client_of(alice).project("MNIST")
    train = log_vectors(project, "train", 10)

    def interrupt(seconds):
        monkeypatch.undo()
        raise KeyboardInterrupt

    monkeypatch.setattr("chroma_sdk._waiting.time.sleep", interrupt)
    with pytest.raises(KeyboardInterrupt):
        project.run_projection([train], method="pca")
    (made,) = project.maps()
    assert f"The job goes on: {made.url}" in capsys.readouterr().err
    job = client_of(alice)._connection.graphql(
        "query($id: ID!) { job(id: $id) { state } }", {"id": made._stored["job"]["id"]}
    )
    assert job["job"]["state"] == "QUEUED"


def test_a_cancelled_job_is_raised(client_of, gql, alice):
    project = client_of(alice).project("MNIST")
    train = log_vectors(project, "train", 10)
    made = project.run_projection([train], method="pca", wait=False)
    cancel = "mutation($input: CancelJobInput!) { cancelJob(input: $input) { errors { message } } }"
    gql(alice, cancel, {"input": {"id": made._stored["job"]["id"]}})
    with pytest.raises(chroma.JobCancelled, match="was cancelled"):
        made.wait()


def test_a_map_gets_versions_that_tell_what_moved(client_of, worker, live, alice):
    project = client_of(alice).project("MNIST")
    train = log_vectors(project, "train", 30)
    first = project.run_projection([train], method="pca", name="map")
    with pytest.raises(chroma.ServerError, match="nothing to place"):
        first.place_new()
    more = np.random.default_rng(1).standard_normal((4, 6)).astype(np.float32)
    train.log([f"new-{row}" for row in range(4)], embeddings=more)
    second = first.place_new()
    assert (second.name, second.origin, second.previous) == ("map v2", "place", first)
    assert second.positions()[:30].tobytes() == first.positions().tobytes()
    moved = second.moved()
    assert (moved[:30] == 0).all()
    assert np.isnan(moved[30:]).all()
    third = second.refit(name="again")
    assert [version.name for version in first.versions()] == ["map", "map v2", "again"]
    assert (third.drift["n_unchanged"], third.drift["n_new"]) == (34, 0)
    assert first.drift is None
    with pytest.raises(chroma.InvalidArgument, match="no column 'moved'"):
        first.moved()
