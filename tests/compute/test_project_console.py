from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from apps.projections.compute.console import main

VECTORS = np.random.default_rng(0).normal(size=(40, 6)).astype(np.float32)
QUICK = ["--n-epochs", "20", "--seed", "3"]


@pytest.fixture
def run(tmp_path, capsys):
    """run(source, target, *options) -> (exit code, what it said)"""

    def run(source, target, *options):
        code = main([str(tmp_path / source), str(tmp_path / target), *QUICK, *options])
        return code, capsys.readouterr().err

    np.save(tmp_path / "vectors.npy", VECTORS)
    lists = pa.FixedSizeListArray.from_arrays(pa.array(VECTORS.ravel()), 6)
    pq.write_table(pa.table({"id": [str(row) for row in range(40)], "vector": lists}), tmp_path / "lists.parquet")
    pq.write_table(pa.table({str(at): VECTORS[:, at] for at in range(6)}), tmp_path / "columns.parquet")
    pq.write_table(pa.table({"a": pa.array([[1.0, 2], [3]]), "b": pa.array(["x", "y"])}), tmp_path / "uneven.parquet")
    pq.write_table(pa.table({"b": ["x", "y"]}), tmp_path / "words.parquet")
    return run


def test_every_kind_of_file_gives_the_same_map(run, tmp_path):
    for source, target in (("vectors.npy", "a.npy"), ("lists.parquet", "b.parquet"), ("columns.parquet", "c.npy")):
        code, said = run(source, target)
        assert code == 0
        assert "Optimising the layout" in said
    positions = np.load(tmp_path / "a.npy")
    table = pq.read_table(tmp_path / "b.parquet")
    assert positions.shape == (40, 2)
    assert table.column_names == ["x", "y"]
    assert np.array_equal(positions, np.stack([table["x"].to_numpy(), table["y"].to_numpy()], axis=1))
    assert np.array_equal(positions, np.load(tmp_path / "c.npy"))


def test_three_components_and_silence(run, tmp_path):
    assert run("vectors.npy", "a.parquet", "--n-components", "3", "--quiet") == (0, "")
    assert pq.read_table(tmp_path / "a.parquet").column_names == ["x", "y", "z"]


@pytest.mark.parametrize(
    ("source", "target", "options", "message"),
    [
        ("none.npy", "a.npy", [], "No such file"),
        ("vectors.npy", "a.csv", [], "must end in .npy or .parquet"),
        ("uneven.parquet", "a.npy", [], "must all have one length"),
        ("words.parquet", "a.npy", [], "neither a column of lists nor columns of numbers"),
        ("lists.parquet", "a.npy", ["--column", "id"], "no column of lists 'id'; it has vector"),
        ("vectors.npy", "a.npy", ["--min-dist", "2"], r"min_dist (2.0) must be at most spread (1.0)"),
        ("vectors.npy", "a.npy", ["--densmap"], "engine 'umap-learn' only"),
    ],
)
def test_what_it_cannot_do_is_said_in_a_sentence(run, tmp_path, source, target, options, message):
    code, said = run(source, target, *options)
    assert code == 2
    assert message in said
    assert not (tmp_path / target).exists()
