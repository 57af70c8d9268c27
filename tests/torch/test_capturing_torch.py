"""Hooks on real PyTorch modules. Run by `make test-torch`; the rest of capturing is tested in tests/sdk."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from chroma_sdk import InvalidArgument, Report, autolog, capture
from torch import nn


class Notebook:
    """A dataset that writes down what is logged to it."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []

    def log(self, keys, **arguments) -> Report:
        self.calls.append({"keys": keys, **arguments})
        return Report(added=len(keys))

    def call(self, layer: str) -> dict[str, Any]:
        return next(call for call in self.calls if call["layer"] == layer)


class SmallNet(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(1, 3, 3)
        self.relu = nn.ReLU(inplace=True)
        self.fc1 = nn.Linear(3 * 6 * 6, 5)
        self.fc2 = nn.Linear(5, 4)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        return self.fc2(self.fc1(self.relu(self.conv(images)).flatten(1)))


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


@pytest.fixture
def model() -> SmallNet:
    torch.manual_seed(0)
    return SmallNet().eval()


@pytest.fixture
def images() -> torch.Tensor:
    torch.manual_seed(1)
    return torch.rand(6, 1, 8, 8)


KEYS = ["a", "b", "c", "d", "e", "f"]
CLASSES = ["w", "x", "y", "z"]


def test_hooked_layers_and_probabilities_are_logged(notebook, model, images):
    with capture(model, layers=["fc1", "conv"], dataset=notebook) as captured, torch.no_grad():
        for rows in (slice(0, 4), slice(4, 6)):
            captured.describe(KEYS[rows], labels=CLASSES[:2] * (len(KEYS[rows]) // 2))
            captured.inferences(model(images[rows]).softmax(1), classes=CLASSES)
    with torch.no_grad():
        hidden = model.conv(images)
        expected = model.fc1(model.relu(hidden.clone()).flatten(1))
    call = notebook.call("fc1")
    assert call["keys"] == KEYS
    assert call["model"] == "SmallNet"
    np.testing.assert_allclose(call["embeddings"], expected.numpy(), rtol=1e-5)
    # The ReLU after it works in place: what was captured is the convolution's own output.
    np.testing.assert_allclose(notebook.call("conv")["embeddings"], hidden.mean((2, 3)).numpy(), rtol=1e-4, atol=1e-6)
    assert (notebook.call("conv")["embeddings"] < 0).any()


def test_hooks_are_gone_afterwards_even_after_an_exception(notebook, model, images):
    def loop() -> None:
        with capture(model, layers=["fc1"], dataset=notebook) as captured:
            captured.describe(KEYS)
            model(images)
            model(images[:, :, :2])

    with pytest.raises(RuntimeError):
        loop()
    assert not model.fc1._forward_hooks
    model(images)
    assert [call["keys"] for call in notebook.calls] == [KEYS]


def test_recurrent_and_tuple_outputs_take_their_first_tensor(notebook):
    model = nn.Sequential(nn.LSTM(3, 5, batch_first=True))
    inputs = torch.rand(2, 7, 3)
    with capture(model, layers=["0"], dataset=notebook, pool="first") as captured:
        captured.describe(["a", "b"])
        model(inputs)
    np.testing.assert_allclose(notebook.calls[0]["embeddings"], model(inputs)[0][:, 0].detach().numpy(), rtol=1e-5)


def test_each_layer_may_be_reduced_in_its_own_way(notebook, model, images):
    layers = {model.conv: "flatten", "fc1": lambda output: output[:, :2]}
    with capture(model, layers=layers, dataset=notebook) as captured:
        captured.describe(KEYS)
        model(images)
    assert notebook.call("conv")["embeddings"].shape == (6, 3 * 6 * 6)
    assert notebook.call("fc1")["embeddings"].shape == (6, 2)


@pytest.mark.parametrize(("dtype", "logged"), [(torch.float16, np.float16), (torch.bfloat16, np.float32)])
def test_half_precision_stays_what_it_is(notebook, model, images, dtype, logged):
    half = model.to(dtype)
    with capture(half, layers=["fc1"], dataset=notebook) as captured:
        captured.describe(KEYS)
        half(images.to(dtype))
    assert notebook.calls[0]["embeddings"].dtype == logged


def test_names_of_data_parallel_are_those_of_the_model(notebook, model, images):
    parallel = nn.DataParallel(model)
    with capture(parallel, layers=["fc1"], dataset=notebook) as captured:
        captured.describe(KEYS)
        parallel(images)
    (call,) = notebook.calls
    assert (call["layer"], call["model"]) == ("fc1", "SmallNet")
    plain = Notebook()
    with capture(model, layers=["module.fc1"], dataset=plain) as captured:
        captured.describe(KEYS)
        model(images)
    assert plain.calls[0]["version"] == call["version"]


def test_parts_from_several_devices_come_in_the_order_of_the_devices(notebook, model):
    captured = capture(model, layers=["fc1"], dataset=notebook)
    captured.describe(["a", "b", "c"])
    captured._receive("fc1", 1, torch.tensor([[2.0, 2.0]]))
    captured._receive("fc1", 0, torch.tensor([[0.0, 0.0], [1.0, 1.0]]))
    captured.close()
    np.testing.assert_array_equal(notebook.calls[0]["embeddings"][:, 0], [0, 1, 2])


def test_training_on_is_another_version_and_the_same_weights_are_the_same(notebook, model, images):
    def version() -> str:
        return capture(model, dataset=notebook).version

    first = version()
    assert version() == first
    optimiser = torch.optim.SGD(model.parameters(), lr=0.1)
    model(images).sum().backward()
    optimiser.step()
    assert version() != first


def test_an_unknown_layer_is_refused_with_the_choices(notebook, model):
    with pytest.raises(InvalidArgument, match=r"no layer 'fc3'; it has conv, relu, fc1, fc2"):
        capture(model, layers=["fc3"], dataset=notebook)


def test_a_model_that_was_not_called_is_told(notebook, model):
    captured = capture(model, layers=["fc1"], dataset=notebook)
    captured.describe(KEYS)
    with pytest.raises(InvalidArgument, match="gave 0 vectors"):
        captured.describe(KEYS)
    captured.close()


def test_autolog_takes_modules_in_evaluation_mode_only(notebook, model, images):
    original = vars(nn.Module)["__call__"]
    with autolog(notebook, classes=CLASSES, libraries=["torch"]) as logged, torch.no_grad():
        model.train()
        model(images)
        model.eval()
        logged.describe(KEYS)
        output = model(images)
        hidden = model.fc1(model.relu(model.conv(images)).flatten(1))
    assert vars(nn.Module)["__call__"] is original
    call = notebook.call("fc2.input")
    assert call["keys"] == KEYS
    np.testing.assert_allclose(call["probabilities"], output.softmax(1).numpy(), rtol=1e-5)
    np.testing.assert_allclose(call["embeddings"], hidden.numpy(), rtol=1e-5)
    assert call["classes"] == CLASSES
    assert not model.fc2._forward_pre_hooks


def test_autolog_names_unnamed_datapoints_by_their_content(notebook, model, images):
    with autolog(notebook, libraries=["torch"], buffer_rows=1), torch.no_grad():
        model(images)
        model(images.flip(0))
    first, second = notebook.calls
    assert second["keys"] == first["keys"][::-1]


@pytest.mark.parametrize("device", ["cpu", *(["cuda"] if torch.cuda.is_available() else [])])
def test_tensors_arrive_from_any_device(notebook, model, images, device):
    moved = model.to(device)
    with capture(moved, layers=["fc1"], dataset=notebook) as captured:
        captured.describe(KEYS)
        moved(images.to(device))
    assert notebook.calls[0]["embeddings"].shape == (6, 5)
