"""`chroma.autolog`: logs what scikit-learn and PyTorch models say, without a change to the code that runs them."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

import numpy as np

from chroma_sdk._capture.buffer import PieceBuffer
from chroma_sdk._capture.content_keys import content_keys
from chroma_sdk._capture.inferred import inference_facts
from chroma_sdk._capture.piece import Piece, listed
from chroma_sdk._capture.sender import LogsDatapoints, Sender
from chroma_sdk._errors import InvalidArgument
from chroma_sdk._report import Report

LIBRARIES = ("sklearn", "torch")


def autolog(
    dataset: LogsDatapoints,
    *,
    classes: Sequence[str] | None = None,
    name: str | None = None,
    version: str | None = None,
    libraries: Sequence[str] | None = None,
    buffer_rows: int = 4_096,
) -> Autolog:
    """Log the inferences of every classifier that runs from now on, until `Autolog.stop`.

    Of scikit-learn: whatever `predict_proba` and `predict` of a classifier, a pipeline or a search return, with the
    input of the classifier itself as the embedding; what happens inside `fit` is left alone. Of PyTorch: the outputs of
    modules in evaluation mode (`model.eval()`), with the input of their last linear layer as the embedding; outputs
    that are no probabilities are taken as logits. The trained model's version is made from its weights.

    Parameters
    ----------
    dataset : Dataset
    classes : sequence of str, optional
        Names of the columns of a PyTorch model's output; otherwise "0", "1", and so on.
    name, version : str, optional
        Of the trained model, instead of its class and its weights.
    libraries : sequence of {"sklearn", "torch"}, optional
        Which to patch; otherwise those that are installed.
    buffer_rows : int, default 4096
        How many datapoints are collected before they are sent.

    Examples
    --------
    >>> with autolog(test) as logged:  # doctest: +SKIP
    ...     logged.describe(keys, labels=labels)
    ...     classifier.predict_proba(features)
    """
    chosen = libraries if libraries is not None else [each for each in LIBRARIES if importlib.util.find_spec(each)]
    return Autolog(dataset, classes=classes, name=name, version=version, libraries=chosen, buffer_rows=buffer_rows)


class Autolog:
    """Running patches of the libraries. Get one from `autolog`; also a context manager.

    Attributes
    ----------
    report : Report
        What was logged so far.
    """

    def __init__(
        self,
        dataset: LogsDatapoints,
        *,
        classes: Sequence[str] | None,
        name: str | None,
        version: str | None,
        libraries: Sequence[str],
        buffer_rows: int,
    ) -> None:
        unknown = [library for library in libraries if library not in LIBRARIES]
        if unknown or not libraries:
            raise InvalidArgument("libraries", f"got {list(libraries)!r}, wanted some of {', '.join(LIBRARIES)}.")
        self._classes = classes
        self._name, self._version = name, version
        self._described: Piece | None = None
        self._sender = Sender(dataset)
        self._buffer = PieceBuffer(self._sender, buffer_rows)
        self._undo: list[Callable[[], None]] = [_patch(library, self._take) for library in libraries]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if problem is None:
            self.stop()
            return
        self._unpatch()
        if self._sender.problem is not None:
            problem.add_note(self._sender.complaint)

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
        """Say which datapoints the next inference is about. Otherwise their keys are made from their content."""
        piece = Piece(listed("keys", keys))
        given = {"files": files, "texts": texts, "uris": uris, "labels": labels, "metadata": metadata}
        for argument, values in given.items():
            if values is not None:
                piece.facts[argument] = listed(argument, values, len(piece))
        self._described = piece

    def stop(self) -> None:
        """Take the patches off and wait until everything is sent.

        Raises
        ------
        ChromaError
            Something could not be sent; the message says how many datapoints that concerns.
        """
        self._unpatch()
        if (problem := self._sender.problem) is not None:
            problem.add_note(self._sender.complaint)
            raise problem

    def _unpatch(self) -> None:
        while self._undo:
            self._undo.pop()()
        self._buffer.send()
        self._sender.close()

    def _take(
        self,
        inputs: np.ndarray[Any, Any],
        output: np.ndarray[Any, Any],
        *,
        classes: Sequence[Any] | None,
        origin: Mapping[str, str],
        layer: str,
        rows: np.ndarray[Any, Any] | None,
    ) -> None:
        """Take one inference over: (n, …) inputs, their (n,) or (n, n_classes) output, and maybe (n, d) embeddings."""
        piece, self._described = self._described, None
        if piece is None:
            piece = _without_repeats(content_keys(inputs))
        if len(piece) != len(output):
            raise InvalidArgument("keys", f"{len(piece):,} keys were described for {len(output):,} inferences.")
        names = self._classes if self._classes is not None and output.ndim == 2 else classes
        facts, piece.classes = inference_facts(output, len(piece), classes=names)
        piece.facts.update(facts)
        piece.origin = {"model": self._name or origin["model"], "version": self._version or origin["version"]}
        if rows is not None and rows.shape[1] > 1:
            piece.add_rows(layer, 0, rows)
        self._buffer.add(piece)


def _patch(library: str, take: Callable[..., None]) -> Callable[[], None]:
    # Imported only here: neither library is needed by those who do not use it.
    undo: Callable[[], None] = importlib.import_module(f"chroma_sdk._capture.patch_{library}").patch(take)
    return undo


def _without_repeats(keys: list[str]) -> Piece:
    """Equal rows of one batch are different datapoints of it: the second and later ones are numbered."""
    seen: dict[str, int] = {}
    for place, key in enumerate(keys):
        seen[key] = seen.get(key, 0) + 1
        if seen[key] > 1:
            keys[place] = f"{key}-{seen[key]}"
    return Piece(keys)
