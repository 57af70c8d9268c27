from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from chroma_sdk._png import encode_png

CHECKOUT = Path(__file__).resolve().parents[2]


def test_a_parquet_file_with_vectors_and_images_is_logged(live, client_of, token_for, alice, project, tmp_path):
    table = pa.table({"key": ["a", "b"], "resource": ["1.png", "2.png"], "label": ["x", "y"], "day": [1, 2]})
    pq.write_table(table, tmp_path / "mine.parquet")
    np.save(tmp_path / "vectors.npy", np.eye(2, 4, dtype=np.float32))
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as images:
        images.writestr("1.png", encode_png(np.zeros((4, 4), dtype=np.uint8)))
        images.writestr("2.png", encode_png(np.ones((4, 4), dtype=np.uint8)))
    (tmp_path / "images.zip").write_bytes(archive.getvalue())

    command = [sys.executable, str(CHECKOUT / "examples" / "log_parquet.py"), "mine.parquet", "--project", "MNIST"]
    command += ["--vectors", "vectors.npy", "--images", "images.zip", "--model", "cnn", "--no-map"]
    environment = {**os.environ, "CHROMA_URL": live.url, "CHROMA_TOKEN": token_for(alice)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "2 added, 0 updated, 0 unchanged\n"

    mine = client_of(alice).project("MNIST").dataset("mine", create=False)
    assert mine.embeddings(model="cnn").tobytes() == np.eye(2, 4, dtype=np.float32).tobytes()
    assert [(point.label, point.metadata, bool(point.file_url)) for point in mine.datapoints()] == [
        ("x", {"day": 1}, True),
        ("y", {"day": 2}, True),
    ]


def test_the_digits_of_the_demo_are_what_it_says(monkeypatch):
    monkeypatch.syspath_prepend(str(CHECKOUT / "examples"))
    from digits import digits_seen_by_a_network  # noqa: PLC0415 -- the folder of examples is no package

    digits = digits_seen_by_a_network()
    assert digits.images.shape == (1797, 8, 8)
    assert {kind: len(rows) for kind, rows in digits.halves.items()} == {"training": 898, "production": 899}
    assert digits.activations.shape == (1797, 32)
    right = digits.probabilities.argmax(axis=1).astype(str) == digits.labels
    assert 0.9 < right.mean() < 1
    assert digits.is_labelled[digits.halves["training"]].all()
    assert 0 < (~digits.is_labelled).sum() < 300


def test_the_examples_of_detection_and_of_curation_run(live, client_of, token_for, alice, worker, monkeypatch, capsys):
    monkeypatch.syspath_prepend(str(CHECKOUT / "examples"))
    monkeypatch.setenv("CHROMA_URL", live.url)
    monkeypatch.setenv("CHROMA_TOKEN", token_for(alice))
    import detection  # noqa: PLC0415 -- the folder of examples is no package
    import tags_and_slices  # noqa: PLC0415

    monkeypatch.setattr(sys, "argv", ["tags_and_slices.py"])
    tags_and_slices.main()
    printed = capsys.readouterr().out
    assert "suspects now: []" not in printed.splitlines()[0]
    assert "'label_why': 'the model was right'" in printed
    curated = client_of(alice).project("Curation", create=False)
    corrected = curated.tag("look again").datapoint_count
    assert 5 < corrected < curated.slice("suspects").datapoint_count + corrected
    assert len(curated.slice("found wrong").keys()) == corrected

    monkeypatch.setattr(detection, "PICTURES", {"training": 30, "test": 10})
    monkeypatch.setattr(sys, "argv", ["detection.py", "--method", "pca"])
    detection.main()
    printed = capsys.readouterr().out
    shapes = client_of(alice).project("Shapes", create=False)
    assert printed.splitlines()[-1] == shapes.maps()[0].url
    assert shapes.maps()[0].object_count > 100
    assert "matched" in printed
    assert [each.kind for each in shapes.analyses()].count("match_objects") == 2
