"""The command chroma-sdk, against a real server process."""

from __future__ import annotations

import json
import stat
import subprocess
import sys

import chroma_sdk as chroma
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from chroma_sdk._credentials import login_file
from chroma_sdk.cli import app
from typer.testing import CliRunner


@pytest.fixture
def run():
    """run(*arguments) -> the exit status, and what was printed."""

    def invoke(*arguments: str, typed: str = ""):
        return CliRunner().invoke(app, arguments, input=typed)

    return invoke


def test_login_keeps_a_token_that_later_commands_use(run, live, token_for, alice, project):
    token = token_for(alice)
    done = run("login", "--url", live.url, typed=f"{token}\n")
    assert done.exit_code == 0
    assert "Logged in" in done.output
    assert token not in done.output
    assert stat.S_IMODE(login_file().stat().st_mode) == 0o600
    rows = json.loads(run("projects", "list", "--json").stdout)
    assert rows == [{"name": "alice/MNIST", "role": "owner", "datapoints": 0}]


def test_a_wrong_token_is_not_kept(run, live):
    done = run("login", "--url", live.url, typed="chr_wrong\n")
    assert done.exit_code == 1
    assert "chroma-sdk:" in done.stderr
    assert not login_file().exists()


def test_a_parquet_file_is_logged_by_the_names_of_its_columns(
    run, live, token_for, alice, project, monkeypatch, tmp_path
):
    monkeypatch.setenv("CHROMA_URL", live.url)
    monkeypatch.setenv("CHROMA_TOKEN", token_for(alice))
    table = pa.table(
        {"id": [1, 2], "label": ["x", "y"], "prediction": ["x", "x"], "confidence": [0.5, 1], "day": [3, 4]}
    )
    pq.write_table(table, tmp_path / "table.parquet")
    np.save(tmp_path / "vectors.npy", np.eye(2, 4, dtype=np.float32))
    command = ["log", str(tmp_path / "table.parquet"), "-p", "MNIST", "-d", "train", "--kind", "training", "--json"]
    command += ["--vectors", str(tmp_path / "vectors.npy")]
    assert json.loads(run(*command).stdout) == {"added": 2, "updated": 0, "unchanged": 0, "removed": 0}
    assert json.loads(run(*command).stdout) == {"added": 0, "updated": 0, "unchanged": 2, "removed": 0}
    assert "train  training  2" in run("datasets", "list", "-p", "MNIST").stdout

    without_key = ["log", str(tmp_path / "table.parquet"), "-p", "MNIST", "-d", "train", "--key", "name"]
    refused = run(*without_key)
    assert refused.exit_code == 1
    assert "there is no column 'name'; there are id, label, prediction, confidence, day" in refused.stderr


def test_reading_commands_create_nothing(run, live, token_for, alice, project, monkeypatch):
    monkeypatch.setenv("CHROMA_URL", live.url)
    monkeypatch.setenv("CHROMA_TOKEN", token_for(alice))
    assert run("datasets", "list", "-p", "New").exit_code == 1
    assert [row["name"] for row in json.loads(run("projects", "list", "--json").stdout)] == ["alice/MNIST"]


@pytest.fixture
def told(run):
    """told(*arguments) -> what the command prints as JSON."""
    return lambda *arguments: json.loads(run(*arguments, "--json").stdout)


@pytest.fixture
def signed_in(live, token_for, alice, project, client_of, monkeypatch) -> chroma.Project:
    """Alice is logged in; alice/MNIST has a dataset with labels, inferences and embeddings."""
    monkeypatch.setenv("CHROMA_URL", live.url)
    monkeypatch.setenv("CHROMA_TOKEN", token_for(alice))
    mnist = client_of(alice).project("MNIST", create=False)
    mnist.dataset("train").log(
        ["a", "b", "c"],
        texts=["one", "two", "three"],
        labels=["1", "2", "3"],
        inferences=["1", "1", "3"],
        confidences=[0.9, 0.8, 0.7],
        embeddings=np.eye(3, 4, dtype=np.float32),
        model="cnn",
        version="1",
        layer="fc",
    )
    return mnist


IN_TRAIN = ("-p", "MNIST", "-d", "train")


def test_every_noun_is_made_shown_renamed_and_deleted_by_name(run, told, signed_in):
    for group, one in (("tags", "tag"), ("categories", "category"), ("models", "model"), ("datasets", "dataset")):
        assert run(group, "create", "first", "-p", "MNIST").output == f"Made the {one} first.\n"
        taken = run(group, "create", "first", "-p", "MNIST")
        assert (taken.exit_code, taken.stderr.startswith("chroma-sdk: ")) == (1, True)
        renamed = run(group, "rename", "first", "second", "-p", "MNIST", "--json")
        assert json.loads(renamed.stdout)["name"] == "second"
        assert told(group, "show", "second", "-p", "MNIST")["name"] == "second"
        kept = run(group, "delete", "second", "-p", "MNIST", typed="n\n")
        assert (kept.exit_code, "This cannot be undone" in kept.stderr) == (1, True)
        assert "second" in run(group, "list", "-p", "MNIST").stdout
        assert run(group, "delete", "second", "-p", "MNIST", "--yes").exit_code == 0
        gone = run(group, "show", "second", "-p", "MNIST")
        assert (gone.exit_code, "has no" in gone.stderr) == (1, True)


def test_datapoints_are_tagged_labelled_commented_sliced_and_listed(run, told, signed_in, tmp_path):
    (tmp_path / "keys.txt").write_text("b\nc\n")
    assert told("tag", "odd", "a", *IN_TRAIN, "--keys-from", str(tmp_path / "keys.txt")) == {"changed": 3}
    assert run("untag", "odd", "a", *IN_TRAIN).output == "1 datapoints carry odd no more.\n"
    assert run("untag", "even", "a", *IN_TRAIN).exit_code == 1
    assert run("label", "b", "--category", "1", "--why", "seen", *IN_TRAIN).output == "1 labels changed.\n"
    listed = told("datapoints", "list", *IN_TRAIN, "--tag", "odd")
    assert [(each["key"], each["label"], each["tags"]) for each in listed] == [("b", "1", ["odd"]), ("c", "3", ["odd"])]
    assert [each["key"] for each in told("datapoints", "list", *IN_TRAIN, "--search", "TWO")] == ["b"]
    assert "text        two" in run("datapoints", "show", "b", *IN_TRAIN).stdout
    assert run("comments", "add", "b", "why?", *IN_TRAIN).exit_code == 0
    assert told("comments", "list", "b", *IN_TRAIN)[0]["text"] == "why?"
    (comment,) = told("comments", "list", "b", *IN_TRAIN)
    assert told("comments", "edit", comment["id"], "b", "because", *IN_TRAIN)["text"] == "because"
    assert run("comments", "delete", comment["id"], "b", *IN_TRAIN, "-y").exit_code == 0
    assert told("comments", "list", "b", *IN_TRAIN) == []
    assert run("datapoints", "delete", "b", *IN_TRAIN, typed="n\n").exit_code == 1
    rule = '{"field": "label", "only": ["1"]}'
    assert "2 datapoints" in run("slices", "create", "ones", "--filter", rule, "-p", "MNIST").output
    assert run("slices", "keys", "ones", "-p", "MNIST").output == "a\nb\n"
    assert run("slices", "create", "hard", "c", *IN_TRAIN).exit_code == 0
    assert [each["name"] for each in told("slices", "list", "-p", "MNIST")] == [
        "hard",
        "ones",
    ]


def test_models_embeddings_members_jobs_and_maps(run, told, signed_in, tmp_path):
    assert "fc" in run("trained-models", "show", "cnn", "1", "-p", "MNIST").stdout
    assert run("trained-models", "set-trained-on", "cnn", "1", "--trained-on", "train", "-p", "MNIST").exit_code == 0
    assert told("layers", "list", "-p", "MNIST", "-m", "cnn", "--version", "1")[0]["name"] == "fc"
    saved = run("embeddings", "save", str(tmp_path / "fc.npy"), *IN_TRAIN)
    assert saved.exit_code == 0
    assert (np.load(tmp_path / "fc.npy").shape, (tmp_path / "fc.keys.txt").read_text()) == ((3, 4), "a\nb\nc\n")
    assert "disagreements" in run("inferences", "list", "-p", "MNIST").stdout
    assert told("members", "list", "-p", "MNIST")[0]["role"] == "owner"
    assert run("members", "invite", "nobody", "-p", "MNIST").exit_code == 1
    made = told("run-projection", *IN_TRAIN, "--method", "pca", "--name", "plane", "--no-wait")
    assert made["name"] == "plane"
    (job,) = told("jobs", "list", "--active", "-p", "MNIST")
    assert run("jobs", "cancel", job["id"], "-p", "MNIST").output.endswith(": cancelled.\n")
    assert run("jobs", "wait", job["id"], "-p", "MNIST").exit_code == 1
    assert run("maps", "delete", "plane", "-p", "MNIST", "-y").exit_code == 0
    assert run("maps", "list", "-p", "MNIST").output == "none\n"


def test_boxes_in_a_file_are_logged(run, told, signed_in, tmp_path):
    table = pa.table({"parent": ["a", "b"], "x": [0.1, 0.2], "y": [0, 0], "width": [0.5] * 2, "height": [0.5] * 2})
    pq.write_table(table.append_column("label", [["cat", "dog"]]), tmp_path / "boxes.parquet")
    command = ["log-objects", str(tmp_path / "boxes.parquet"), *IN_TRAIN, "--box-format", "xywhn"]
    assert run(*command).output == "2 added, 0 updated, 0 unchanged\n"
    objects = told("datapoints", "list", *IN_TRAIN, "--role", "object")
    assert [each["label"] for each in objects] == ["cat", "dog"]


def test_a_command_line_that_cannot_be_understood_ends_with_2_and_a_refusal_with_1(run, signed_in):
    for wrong in (
        ["tags"],
        ["tags", "list"],
        ["tag", "x", *IN_TRAIN],
        ["label", "a", *IN_TRAIN],
        ["export", "-p", "MNIST", "-o", "x.csv"],
        ["datasets", "change-kind", "train", "exam", "-p", "MNIST"],
        ["slices", "create", "x", "a", "-p", "MNIST"],
        ["run-projection", *IN_TRAIN, "--parameter", "n_neighbors"],
    ):
        assert run(*wrong).exit_code == 2, wrong
    for refused in (["tags", "list", "-p", "Elsewhere"], ["run-projection", *IN_TRAIN, "--layer", "fc9"]):
        assert run(*refused).exit_code == 1, refused
    assert signed_in.maps() == []


def test_it_runs_as_a_program_of_its_own(signed_in):
    program = [sys.executable, "-c", "from chroma_sdk.cli import main; main()"]
    done = subprocess.run([*program, "whoami", "--json"], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["username"] == "alice"
    refused = subprocess.run(
        [*program, "tags", "show", "x", "-p", "MNIST"], capture_output=True, text=True, check=False
    )
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "chroma-sdk: alice/MNIST has no tag 'x'; it has none.\n"
    version = subprocess.run([*program, "--version"], capture_output=True, text=True, check=True)
    assert version.stdout.strip() == chroma.__version__
