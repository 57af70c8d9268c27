from __future__ import annotations

import chroma_sdk as chroma
import pytest

pytestmark = pytest.mark.holds(3)


def test_a_viewer_reads_and_cannot_write(client_of, alice, vera):
    client_of(alice).project("MNIST").dataset("train", kind="training").log(["a"], labels=["x"])
    project = client_of(vera).project("alice/MNIST", create=False)
    train = project.dataset("train", create=False)
    assert [point.label for point in train.datapoints()] == ["x"]
    for write in (
        lambda: train.log(["a", "b"], labels=["y", "z"]),
        lambda: train.tag("check", keys=["a"]),
        lambda: project.dataset("mine"),
    ):
        with pytest.raises(chroma.Forbidden, match="Your role is viewer"):
            write()
    assert [(point.key, point.label, point.tags) for point in train.datapoints()] == [("a", "x", ())]
    assert [dataset.name for dataset in project.datasets()] == ["train"]


def test_a_reading_token_reads_and_never_creates(client_of, alice):
    client_of(alice).project("MNIST").dataset("train").log(["a"])
    reader = client_of(alice, scope="read")
    train = reader.project("MNIST").dataset("train")
    assert train.keys() == ["a"]
    for write in (
        lambda: train.log(["b"]),
        lambda: reader.project("New"),
        lambda: reader.project("MNIST").dataset("new"),
    ):
        with pytest.raises(chroma.Forbidden):
            write()
    assert [project.full_name for project in reader.projects()] == ["alice/MNIST"]
    assert train.keys() == ["a"]


def test_a_stranger_finds_nothing_and_makes_nothing(client_of, alice, charlie):
    client_of(alice).project("MNIST").dataset("train")
    stranger = client_of(charlie)
    with pytest.raises(chroma.NotFound):
        stranger.project("alice/MNIST")
    with pytest.raises(chroma.NotFound, match="There is no project charlie/MNIST"):
        stranger.project("MNIST", create=False)
    assert [project.full_name for project in stranger.projects()] == ["charlie/Elsewhere"]


@pytest.mark.holds(2)
def test_a_bare_name_never_leads_into_somebody_else_s_project(client_of, alice, bob):
    editor = client_of(bob)
    for create in (True, False):
        with pytest.raises(chroma.NotFound, match=r"You have no project bob/MNIST.* Did you mean alice/MNIST\?"):
            editor.project("MNIST", create=create)
    assert editor.project("bob/MNIST").full_name == "bob/MNIST"
    assert editor.project("MNIST").full_name == "bob/MNIST"


def test_another_kind_than_the_stored_one_is_an_error(client_of, alice):
    project = client_of(alice).project("MNIST")
    project.dataset("train", kind="training")
    assert project.dataset("train").kind == "training"
    with pytest.raises(chroma.InvalidArgument, match="kind: alice/MNIST has 'train' as a training dataset, got 'test'"):
        project.dataset("train", kind="test")
    with pytest.raises(chroma.NotFound, match="alice/MNIST has no dataset 'other'"):
        project.dataset("other", create=False)


def test_a_revoked_or_invented_token_is_refused(live):
    with chroma.Client(live.url, "chr_invented") as client, pytest.raises(chroma.Unauthenticated):
        client.project("MNIST")
