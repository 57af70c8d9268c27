"""Train a small CNN on scikit-learn's digits with PyTorch, capture what it computes, and map it.

pip install torch scikit-learn ./sdk
export CHROMA_URL=http://127.0.0.1:8000 CHROMA_TOKEN=chr_…      # from your account page
python examples/torch_digits.py [PROJECT]
"""

from __future__ import annotations

import sys

import chroma_sdk as chroma
import torch
from sklearn.datasets import load_digits
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

EPOCHS = 8


class SmallCnn(nn.Module):
    """Two convolutions and two linear layers for images of 8 x 8 pixels."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.fc1 = nn.Linear(32 * 4 * 4, 64)
        self.fc2 = nn.Linear(64, 10)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Return logits of shape (n, 10)."""
        hidden = torch.relu(self.conv1(images))
        hidden = nn.functional.max_pool2d(torch.relu(self.conv2(hidden)), 2)
        return self.fc2(torch.relu(self.fc1(hidden.flatten(1))))


def main() -> None:
    """Train on two thirds, then let both parts run through the model under capture."""
    torch.manual_seed(0)
    digits = load_digits()
    images = torch.tensor(digits.images / 16, dtype=torch.float32)[:, None]
    targets = torch.tensor(digits.target)
    is_training = torch.arange(len(images)) % 3 > 0
    model = trained(images[is_training], targets[is_training])

    project = chroma.Client().project(sys.argv[1] if len(sys.argv) > 1 else "Torch digits")
    datasets = []
    for kind, rows in (("training", is_training), ("test", ~is_training)):
        dataset = project.dataset(kind, kind=kind)
        report = capture_all(model, dataset, images[rows], targets[rows], rows.nonzero()[:, 0])
        print(f"{kind}: {report}")
        datasets.append(dataset)
    made = project.run_projection(datasets, model="SmallCnn", layer="fc1", name="fc1 of SmallCnn")
    print(f"Look at it: {made.url}")


def trained(images: torch.Tensor, targets: torch.Tensor) -> SmallCnn:
    """Train a model for a few epochs."""
    model = SmallCnn()
    optimiser = torch.optim.Adam(model.parameters(), lr=2e-3)
    loader = DataLoader(TensorDataset(images, targets), batch_size=64, shuffle=True)
    for _ in range(EPOCHS):
        for batch, wanted in loader:
            optimiser.zero_grad()
            nn.functional.cross_entropy(model(batch), wanted).backward()
            optimiser.step()
    return model.eval()


@torch.no_grad()
def capture_all(
    model: SmallCnn, dataset: chroma.Dataset, images: torch.Tensor, targets: torch.Tensor, numbers: torch.Tensor
) -> chroma.Report:
    """Log images, labels, probabilities and the activations of two layers while the model runs."""
    loader = DataLoader(TensorDataset(images, targets, numbers), batch_size=128)
    with chroma.capture(model, layers=["conv2", "fc1"], dataset=dataset) as captured:
        for batch, wanted, which in loader:
            keys = [f"digit-{number}" for number in which.tolist()]
            captured.describe(keys, files=batch[:, 0].numpy(), labels=wanted)
            captured.inferences(model(batch).softmax(1), classes=[str(digit) for digit in range(10)])
    return captured.report


if __name__ == "__main__":
    main()
