from __future__ import annotations

import json

from tests.docs.blocks import CHECKOUT, Block


def test_the_notebook_runs_and_its_corrections_are_in_the_export(
    live, worker, token_for, alice, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CHROMA_URL", live.url)
    monkeypatch.setenv("CHROMA_TOKEN", token_for(alice))
    notebook = json.loads((CHECKOUT / "examples" / "wrong_labels.ipynb").read_text())
    assert all(not cell.get("outputs") for cell in notebook["cells"])
    names: dict = {}
    for number, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] == "code":
            Block(f"wrong_labels.ipynb, cell {number}", 0, "python", "".join(cell["source"])).run(names)
    in_slice = names["hard"].keys()
    names["client"].close()
    assert names["corrected"] == len(names["suspects"]) > 30
    right = names["truth"][names["suspects"].index] == names["suspects"].inference
    assert right.mean() > 0.8
    assert f"{names['corrected']} labels differ from what was logged" in capsys.readouterr().out
    assert sorted(in_slice) == sorted(names["suspects"].index)
