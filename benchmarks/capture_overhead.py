"""What capturing costs the loop it captures. Needs PyTorch: `make test-torch` runs it.

    python benchmarks/capture_overhead.py [BATCHES]

A CNN sees batches of 64 images, with and without a capture of its last hidden layer, in turns so that both meet the
same noise; what is captured is logged to a private server meanwhile.
"""

from __future__ import annotations

import statistics
import sys
import time
from typing import Any

import chroma_sdk as chroma
import torch
from stack import running_stack
from torch import nn

BATCH = 64
TURNS = 5


def main() -> None:
    """Time both loops in turns and print the ratio."""
    batches = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    torch.manual_seed(0)
    torch.set_num_threads(1)
    model = cnn().eval()
    images = torch.rand(BATCH, 3, 32, 32)
    with running_stack("--no-worker") as stack, chroma.Client(stack.url, stack.token) as client:
        dataset = client.project("Overhead").dataset("images")
        plain, captured, closing = [], [], []
        run(model, images, None, 5)
        for turn in range(TURNS):
            plain.append(run(model, images, None, batches))
            capture = chroma.capture(model, layers=["fc1"], dataset=dataset, version=str(turn))
            captured.append(run(model, images, capture, batches))
            began = time.perf_counter()
            capture.close()
            closing.append(time.perf_counter() - began)
            assert capture.report.added + capture.report.updated == BATCH * batches
    ratio = statistics.median(captured) / statistics.median(plain)
    print(f"{batches} batches of {BATCH} images, one thread of PyTorch, median of {TURNS} turns")
    print(f"alone {statistics.median(plain):.2f} s, captured {statistics.median(captured):.2f} s: {ratio - 1:+.1%}")
    print(f"waiting for the rest to arrive afterwards: {statistics.median(closing):.2f} s")


def cnn() -> nn.Sequential:
    """Return a network of the size that people use for small pictures: about 12 ms an image batch and thread."""
    convolutions: list[Any] = []
    for taken, given in ((3, 32), (32, 64), (64, 128)):
        convolutions += [nn.Conv2d(taken, given, 3, padding=1), nn.ReLU(inplace=True), nn.MaxPool2d(2)]
    model = nn.Sequential(*convolutions, nn.Flatten())
    model.add_module("fc1", nn.Linear(128 * 4 * 4, 256))
    model.add_module("fc2", nn.Linear(256, 10))
    return model


@torch.no_grad()
def run(model: nn.Module, images: torch.Tensor, capture: chroma.Capture | None, batches: int) -> float:
    """Return how many seconds the loop took."""
    classes = [str(number) for number in range(10)]
    began = time.perf_counter()
    for number in range(batches):
        if capture is None:
            model(images).softmax(1)
            continue
        capture.describe([f"{number}-{row}" for row in range(BATCH)])
        capture.inferences(model(images).softmax(1), classes=classes)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
