"""Everything that people name can be listed, found by name, renamed and deleted, against a real server process."""

from __future__ import annotations

import chroma_sdk as chroma
import numpy as np
import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from tests.cast import PASSWORD


@pytest.fixture
def mnist(client_of, alice, project) -> chroma.Project:
    """alice/MNIST with a dataset, a model of two layers, a tag and two categories."""
    mnist = client_of(alice).project("MNIST", create=False)
    train = mnist.dataset("train", kind="training")
    vectors = np.random.default_rng(0).standard_normal((4, 3)).astype(np.float32)
    for layer in ("fc1", "fc2"):
        train.log(
            ["a", "b", "c", "d"],
            labels=["x", "y", "x", "y"],
            inferences=["x", "x", "x", "y"],
            confidences=[0.9, 0.6, 0.8, 0.7],
            embeddings=vectors,
            model="cnn",
            version="1",
            layer=layer,
        )
    train.tag("check", keys=["a", "b"])
    return mnist


def test_an_unknown_name_lists_the_choices(mnist):
    for find, message in (
        (lambda: mnist.dataset("tests", create=False), "alice/MNIST has no dataset 'tests'; it has train."),
        (lambda: mnist.category("z"), "alice/MNIST has no category 'z'; it has x, y."),
        (lambda: mnist.tag("z"), "alice/MNIST has no tag 'z'; it has check."),
        (lambda: mnist.model("z"), "alice/MNIST has no model 'z'; it has cnn."),
        (lambda: mnist.model("cnn").version("2"), "model cnn has no version '2'; it has 1."),
        (lambda: mnist.model("cnn").version("1").layer("fc3"), "cnn 1 has no layer 'fc3'; it has fc1, fc2."),
        (lambda: mnist.map("z"), "alice/MNIST has no map 'z'; it has none."),
        (lambda: mnist.member("z"), "alice/MNIST has no member 'z'; it has alice."),
        (lambda: mnist.slice("z"), "alice/MNIST has no slice 'z'; it has none."),
        (lambda: mnist.analysis("z"), "alice/MNIST has no analysis 'z'; it has none."),
    ):
        with pytest.raises(chroma.NotFound) as raised:
            find()
        assert str(raised.value) == message


def test_projects_are_made_renamed_described_and_deleted(client_of, alice):
    client = client_of(alice)
    made = client.create_project("Birds", description="with wings")
    assert (made.full_name, made.description) == ("alice/Birds", "with wings")
    with pytest.raises(chroma.Conflict):
        client.create_project("Birds")
    owls = made.dataset("owls")
    made.rename("Owls").describe("at night")
    assert (made.name, made.description, made.url.endswith("/projects/alice/Owls")) == ("Owls", "at night", True)
    assert repr(owls) == "<Dataset 'owls' (other) of 'alice/Owls'>"
    made.delete()
    assert [project.full_name for project in client.projects()] == []


def test_datasets_are_made_renamed_and_deleted(mnist):
    test = mnist.create_dataset("test", kind="test")
    with pytest.raises(chroma.Conflict):
        mnist.create_dataset("test")
    with pytest.raises(chroma.InvalidArgument, match="kind: got 'exam', wanted one of training"):
        mnist.create_dataset("exam", kind="exam")
    assert test.rename("held out").change_kind("validation").kind == "validation"
    assert [(each.name, each.kind) for each in mnist.datasets()] == [("held out", "validation"), ("train", "training")]
    test.delete()
    assert [each.name for each in mnist.datasets()] == ["train"]


def test_tags_and_categories_are_made_renamed_and_deleted(mnist):
    train = mnist.dataset("train")
    tag = mnist.tag("check")
    assert tag.datapoint_count == 2
    tag.rename("checked")
    assert [each.name for each in mnist.tags()] == ["checked"]
    with pytest.raises(chroma.Conflict):
        mnist.create_tag("checked")
    assert mnist.create_tag("empty").datapoint_count == 0
    tag.delete()
    assert [each.name for each in mnist.tags()] == ["empty"]

    mnist.category("y").rename("why").recolour(3)
    assert (mnist.category("why").colour, train.datapoint("b").label) == (3, "why")
    assert mnist.create_category("z").name == "z"
    mnist.category("z").delete()
    assert [each.name for each in mnist.categories()] == ["why", "x"]


def test_models_layers_and_what_they_gave(mnist):
    train = mnist.dataset("train")
    trained = mnist.model("cnn").version("1")
    assert [layer.name for layer in trained.layers()] == ["fc1", "fc2"]
    assert {each.layer for each in trained.embedding_sets()} == {"fc1", "fc2"}
    (inferred,) = trained.inference_sets()
    assert (inferred.dataset, inferred.inference_count, inferred.disagreement_count) == ("train", 4, 1)
    assert trained.trained_on is None
    assert trained.set_trained_on(train).trained_on == "train"

    trained.rename("2026-11")
    trained.layer("fc2").rename("last")
    mnist.model("cnn").rename("lenet")
    assert train.embeddings(model="lenet", version="2026-11", layer="last").shape == (4, 3)
    made = mnist.create_model("vit").create_version("1", trained_on=train)
    made.create_layer_set("blocks").create_layer("block1")
    assert [(each.name, each.layer_set) for each in made.layers()] == [("block1", "blocks")]
    made.layer_sets()[0].rename("stages")
    made.layer("block1").delete()
    made.layer_sets()[0].delete()
    assert (made.layers(), made.layer_sets()) == ([], [])

    inferred.delete()
    assert train.inference_sets() == []
    train.embedding_sets()[0].delete()
    assert len(train.embedding_sets()) == 1
    mnist.model("lenet").delete()
    assert train.embedding_sets() == []
    assert [model.name for model in mnist.models()] == ["vit"]


def test_members_are_invited_accept_change_and_leave(mnist, client_of, charlie):
    with pytest.raises(chroma.InvalidArgument, match="role: got 'boss', wanted one of viewer, editor, owner"):
        mnist.invite("charlie", role="boss")
    assert not mnist.invite("charlie", role="editor").has_accepted
    guest = client_of(charlie)
    (invitation,) = guest.invitations()
    assert (invitation.project, invitation.role, invitation.invited_by) == ("alice/MNIST", "editor", "alice")
    invitation.accept()
    assert guest.invitations() == []
    assert guest.project("alice/MNIST", create=False).role == "editor"
    mnist.member("charlie").change_role("viewer")
    assert guest.project("alice/MNIST", create=False).role == "viewer"
    mnist.member("charlie").remove()
    with pytest.raises(chroma.NotFound):
        guest.project("alice/MNIST", create=False)
    with pytest.raises(chroma.ServerError):
        mnist.member("alice").remove()


def test_tokens_are_made_limited_and_revoked(mnist, client_of, live, alice):
    # The running server does not know the quick hashes of the tests.
    alice.password = PBKDF2PasswordHasher().encode(PASSWORD, "salt")
    alice.save()
    client = client_of(alice)
    with pytest.raises(chroma.Unauthenticated, match="password is wrong"):
        client.sign_in("guessed")
    with client.sign_in(PASSWORD) as account:
        made = account.create_token("nightly", expires_days=30, project=mnist)
        assert made.secret not in repr(made)
        assert (made.token.scope, made.token.project) == ("read", "alice/MNIST")
        with chroma.Client(live.url, made.secret) as reader:
            assert [project.full_name for project in reader.projects()] == ["alice/MNIST"]
            account.token("nightly").revoke()
            with pytest.raises(chroma.Unauthenticated, match="revoked"):
                reader.projects()[0]
        with pytest.raises(chroma.NotFound, match="alice has no token 'nightly'; it has test"):
            account.token("nightly")


def test_jobs_are_listed_cancelled_retried_and_taken_off_the_list(mnist):
    made = mnist.run_projection([mnist.dataset("train")], method="pca", layer="fc1", name="map", wait=False)
    (job,) = mnist.jobs(active=True)
    assert (job.state, job.requested_by) == ("queued", "alice")
    with pytest.raises(chroma.Conflict):
        job.delete()
    assert mnist.job(job.id).cancel().state == "cancelled"
    assert mnist.jobs(active=True) == []
    assert job.retry().state == "queued"
    assert job.cancel().refresh().state == "cancelled"
    with pytest.raises(chroma.JobCancelled, match="was cancelled"):
        job.wait()
    job.delete()
    assert mnist.jobs() == []
    made.rename("plane").delete()
    assert mnist.maps() == []


def test_labels_are_corrected_with_a_reason_and_comments_are_written(mnist):
    train = mnist.dataset("train")
    assert train.set_labels({"a": "z", "b": "x", "c": chroma.CLEAR, "d": "y"}, why="looked at") == 3
    assert [point.label for point in train.datapoints()] == ["z", "x", None, "y"]
    assert train.log(["a", "b", "c"], labels=["x", "y", "x"]) == chroma.Report(unchanged=3)
    with pytest.raises(chroma.InvalidArgument, match="labels: 'a' has no category"):
        train.set_labels({"a": None})
    with pytest.raises(chroma.ServerError):
        train.set_labels({"nobody": "x"})
    assert [point.label for point in train.datapoints()] == ["z", "x", None, "y"]

    written = train.comment("a", "is this a seven?")
    assert [(each.author, each.text) for each in train.comments("a")] == [("alice", "is this a seven?")]
    assert written.edit("a one").text == "a one"
    written.delete()
    assert train.comments("a") == []
    with pytest.raises(chroma.NotFound, match="train has no datapoint 'nobody'"):
        train.comment("nobody", "hello")


def test_datapoints_are_deleted_by_key_in_the_background(mnist):
    train = mnist.dataset("train")
    with pytest.raises(chroma.ServerError):
        train.delete_datapoints(["a", "nobody"])
    assert len(mnist.jobs(active=True)) == 0
    (job,) = train.delete_datapoints(["a", "c"])
    assert job.state == "queued"
    assert [each.id for each in mnist.jobs(active=True)] == [job.id]


def test_a_viewer_changes_nothing(mnist, client_of, vera):
    seen = client_of(vera).project("alice/MNIST", create=False)
    train = seen.dataset("train", create=False)
    for change in (
        lambda: seen.rename("Mine"),
        lambda: seen.describe("mine"),
        seen.delete,
        lambda: train.rename("mine"),
        train.delete,
        lambda: seen.tag("check").rename("mine"),
        seen.tag("check").delete,
        lambda: seen.create_category("mine"),
        seen.model("cnn").delete,
        lambda: seen.invite("charlie"),
        lambda: train.set_labels({"a": "y"}),
        lambda: train.comment("a", "mine"),
        lambda: train.delete_datapoints(["a"]),
        lambda: seen.create_slice("mine", keys={train: ["a"]}),
    ):
        with pytest.raises((chroma.Forbidden, chroma.NotFound)):
            change()
    assert [tag.name for tag in mnist.tags()] == ["check"]
    assert [point.label for point in mnist.dataset("train").datapoints()] == ["x", "y", "x", "y"]
    assert (mnist.slices(), mnist.models()[0].name) == ([], "cnn")


def test_long_lists_are_read_page_by_page_as_they_are_looked_at(mnist, monkeypatch):
    monkeypatch.setattr("chroma_sdk._listing.PAGE", 2)
    for number in range(5):
        mnist.create_tag(f"tag {number}")
    asked = []
    graphql = chroma._connection.Connection.graphql
    monkeypatch.setattr(
        chroma._connection.Connection,
        "graphql",
        lambda *arguments, **more: asked.append(1) or graphql(*arguments, **more),
    )
    tags = mnist.tags()
    assert asked == []
    assert len(tags) == 6
    assert tags[0].name == "check"
    assert len(asked) == 1
    assert tags[-1].name == "tag 4"
    assert [tag.name for tag in tags[1:3]] == ["tag 0", "tag 1"]
    assert len(asked) == 3
    with pytest.raises(IndexError):
        tags[6]
