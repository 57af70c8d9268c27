from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import chroma_sdk as chroma

CHECKOUT = Path(__file__).resolve().parents[2]


def test_a_cnn_s_layers_labels_and_inferences_are_captured(live, token_for, alice, tmp_path):
    token = token_for(alice)
    program = (CHECKOUT / "examples" / "torch_digits.py").read_text()
    # The server of the tests has no worker: everything but the map.
    program = (
        program[: program.index("    made = project.run_projection")] + program[program.index("\n\ndef trained") :]
    )
    (tmp_path / "torch_digits.py").write_text(program)
    environment = {**os.environ, "CHROMA_URL": live.url, "CHROMA_TOKEN": token}
    subprocess.run([sys.executable, "torch_digits.py", "Torch"], cwd=tmp_path, env=environment, check=True)
    with chroma.Client(live.url, token) as client:
        test = client.project("Torch", create=False).dataset("test", create=False)
        assert test.embeddings(layer="fc1").shape == (599, 64)
        assert test.embeddings(layer="conv2").shape == (599, 32)
        points = list(test.datapoints()[:20])
    assert all(point.label is not None and len(point.inferences) == 1 for point in points)
    right = sum(point.label == point.inferences[0].category for point in points)
    assert right > 15
