"""The Python of docs/capture.md runs."""

from __future__ import annotations

import chroma_sdk as chroma
import pytest
import torch
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from torch import nn
from torch.utils.data import DataLoader

from tests.docs.blocks import blocks_of
from tests.docs.names_in_blocks import N, log_for_examples, names_for_examples


class Net(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.fc2 = nn.Linear(64, 5)
        self.fc3 = nn.Linear(5, 3)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        return self.fc3(self.fc2(images.flatten(1)))


@pytest.mark.parametrize("block", blocks_of("docs/capture.md", "python"), ids=lambda block: f"line {block.line}")
def test_a_block_of_the_page_runs(block, live, token_for, alice, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with chroma.Client(live.url, token_for(alice)) as client:
        names = names_for_examples()
        names |= log_for_examples(client, names)
        images = torch.tensor(names["images"], dtype=torch.float32)
        pipeline = make_pipeline(PCA(4), LogisticRegression()).fit(names["vectors"], names["labels"])
        rows = [(images[row], names["labels"][row], names["keys"][row]) for row in range(N)]
        names |= {"model": Net().eval(), "loader": DataLoader(rows, batch_size=16), "pipeline": pipeline}
        if "model.predict_proba" in block.code:
            names["model"] = pipeline
        block.run(names)
