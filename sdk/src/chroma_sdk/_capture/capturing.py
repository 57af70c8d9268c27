"""`chroma.capture`: logs what a model computes, while it computes it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

import numpy as np

from chroma_sdk._capture.buffer import PieceBuffer
from chroma_sdk._capture.estimator_hooks import hook_estimator, is_estimator
from chroma_sdk._capture.inferred import inference_facts
from chroma_sdk._capture.piece import Piece, listed
from chroma_sdk._capture.reduce import Pool, as_rows, check_pool
from chroma_sdk._capture.sender import LogsDatapoints, Sender
from chroma_sdk._capture.torch_hooks import hook_layers, is_torch_module, layer_names, model_name, weights_version
from chroma_sdk._errors import ChromaError, InvalidArgument
from chroma_sdk._report import Report
from chroma_sdk._strings import from_tensor

Layers = Sequence[Any] | Mapping[Any, Pool]


def capture(
    model: Any = None,
    *,
    dataset: LogsDatapoints,
    layers: Layers = (),
    pool: Pool = "mean",
    name: str | None = None,
    version: str | None = None,
    buffer_rows: int = 4_096,
) -> Capture:
    """Log the activations of a model's layers as embeddings, and its inferences, while it runs.

    Use it as a context manager. Sending happens in the background; leaving the block waits until everything has
    arrived. After an exception in the block the batches that were complete are still sent.

    Parameters
    ----------
    model : torch.nn.Module or scikit-learn estimator, optional
        Whose layers are hooked; for a scikit-learn Pipeline the layers are its steps, and what it predicts is captured
        too. None for any other framework: hand arrays to `Capture.activations`.
    dataset : Dataset
        Where to log.
    layers : sequence of str or module, or dict, default ()
        Names as in `model.named_modules()`; "module." of DataParallel is left out. A dict gives each layer its `pool`.
    pool : {"mean", "max", "first", "flatten"} or callable, default "mean"
        What makes one vector of an output with more than two axes: (n, tokens, features) over its tokens, (n, channels,
        height, width) over height and width. A callable gets the layer's whole output and returns (n, d).
    name : str, optional
        The model architecture; otherwise the model's class.
    version : str, optional
        The trained model; otherwise made from its weights, so that the same weights are the same version.
    buffer_rows : int, default 4096
        How many datapoints are collected before they are sent.

    Examples
    --------
    >>> with capture(model, layers=["fc2"], dataset=test) as captured:  # doctest: +SKIP
    ...     for images, labels, keys in loader:
    ...         captured.describe(keys, labels=labels)
    ...         captured.inferences(model(images).softmax(1), classes=names)
    """
    return Capture(
        model, dataset=dataset, layers=layers, pool=pool, name=name, version=version, buffer_rows=buffer_rows
    )


class Capture:
    """A running capture. Get one from `capture`; its arguments are explained there.

    Attributes
    ----------
    report : Report
        What was logged so far.
    name, version : str or None
        Of the trained model that embeddings and inferences are logged for.
    """

    def __init__(
        self,
        model: Any,
        *,
        dataset: LogsDatapoints,
        layers: Layers = (),
        pool: Pool = "mean",
        name: str | None = None,
        version: str | None = None,
        buffer_rows: int = 4_096,
    ) -> None:
        self._pool = check_pool(pool)
        self._lock = threading.Lock()
        self._current: Piece | None = None
        self._is_closed = False
        self.name, self.version = name, version
        if is_torch_module(model):
            self.name, self.version = name or model_name(model), version or weights_version(model)
        elif model is not None:
            self.name = name or type(model).__name__
        self._layers, self._remove_hooks = self._hook(model, layers)
        self._sender = Sender(dataset)
        self._buffer = PieceBuffer(self._sender, buffer_rows)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if problem is None:
            self.close()
            return
        self._abandon(problem)

    @property
    def report(self) -> Report:
        """What was logged so far."""
        return self._sender.report

    def describe(
        self,
        keys: Any,
        *,
        files: Any = None,
        texts: Any = None,
        uris: Any = None,
        labels: Any = None,
        metadata: Sequence[Mapping[str, Any]] | None = None,
    ) -> None:
        """Say which datapoints go through the model next. The arguments are those of `Dataset.log`.

        Raises
        ------
        InvalidArgument
            Arguments of different length, or the layers gave another number of vectors than the keys before.
        """
        self._check_open()
        piece = Piece(listed("keys", keys), origin={"model": self.name, "version": self.version})
        given = {"files": files, "texts": texts, "uris": uris, "labels": labels, "metadata": metadata}
        for argument, values in given.items():
            if values is not None:
                piece.facts[argument] = listed(argument, values, len(piece))
        self._finish_current()
        self._current = piece

    def inferences(self, values: Any, *, classes: Sequence[str] | None = None, confidences: Any = None) -> None:
        """Add what the model says of the described datapoints.

        Parameters
        ----------
        values : array-like of shape (n, n_classes) or (n,)
            Class probabilities, or names of categories, or with `classes` their indices.
        classes : sequence of str, optional
            Names of the classes; required with probabilities and indices.
        confidences : sequence of float, optional
            With names or indices.
        """
        self._check_open()
        piece = self._described("inferences")
        facts, named = inference_facts(values, len(piece), classes=classes, confidences=confidences)
        piece.facts.update(facts)
        piece.classes = named or piece.classes

    def activations(self, layer: str, values: Any) -> None:
        """Add embeddings of the described datapoints by hand: arrays of any framework.

        Parameters
        ----------
        layer : str
        values : array-like of shape (n, d) or (n, …)
            More than two axes are reduced as `pool` says.
        """
        self._check_open()
        self._described("activations")
        rows = values if hasattr(values, "ndim") else np.asarray(values)
        self._receive(layer, 0, np.array(from_tensor(as_rows(rows, self._pool))))

    def flush(self) -> None:
        """Send what is complete without waiting for the buffer to fill."""
        self._finish_current()
        self._buffer.send()

    def close(self) -> None:
        """Remove the hooks and wait until everything is sent.

        Raises
        ------
        ChromaError
            Something could not be sent; the message says how many datapoints that concerns.
        """
        if self._is_closed:
            return
        self._remove_hooks()
        try:
            self.flush()
        finally:
            self._is_closed = True
            self._sender.close()
        if (problem := self._sender.problem) is not None:
            problem.add_note(self._sender.complaint)
            raise problem

    def _abandon(self, problem: BaseException) -> None:
        """Send what was complete when the block failed. The block's own problem is the one that is raised."""
        self._remove_hooks()
        if self._current is not None and self._current.is_complete(self._layers):
            self._finish_current()
        self._buffer.send()
        self._is_closed = True
        self._sender.close()
        if self._sender.problem is not None:
            problem.add_note(self._sender.complaint)

    def _hook(self, model: Any, layers: Layers) -> tuple[list[str], Callable[[], None]]:
        if is_torch_module(model):
            return layer_names(model, layers), hook_layers(model, layers, self._pool, self._receive)
        if is_estimator(model):
            return hook_estimator(model, layers, self._pool, self._receive, self.inferences)
        if model is not None:
            kind = type(model).__name__
            raise InvalidArgument("model", f"got {kind}, wanted a PyTorch module, a scikit-learn estimator or None.")
        if layers:
            raise InvalidArgument("layers", "without a model nothing can be hooked: call activations(layer, values).")
        return [], lambda: None

    def _receive(self, layer: str, place: int, rows: Any) -> None:
        # Parts of one batch may come from several threads, one for each device.
        with self._lock:
            if self._current is None or self._is_closed:
                raise InvalidArgument("keys", f"the layer {layer!r} ran before describe(keys) said of what.")
            self._current.add_rows(layer, place, rows)

    def _described(self, what: str) -> Piece:
        if self._current is None:
            raise InvalidArgument("keys", f"{what} came before describe(keys) said of which datapoints.")
        return self._current

    def _check_open(self) -> None:
        if self._is_closed:
            raise ChromaError("This capture is closed.")

    def _finish_current(self) -> None:
        piece, self._current = self._current, None
        if piece is None:
            return
        piece.check_complete(self._layers)
        self._buffer.add(piece)
