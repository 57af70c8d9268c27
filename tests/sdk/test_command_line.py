"""The command chroma-sdk, against a real server process."""

from __future__ import annotations

import json
import stat

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from chroma_sdk.cli import app
from chroma_sdk._credentials import login_file
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
