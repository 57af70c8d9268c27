"""UMAP on a GPU, by RAPIDS cuML, where that is installed and a device is there."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.common.compute.progress import Callback, Cancelled, Counted, Wish, report

EPOCHS_FOR_FEW, EPOCHS_FOR_MANY, FEW = 500, 200, 10_000


def fit_cuml(
    vectors: NDArray[np.float32],
    *,
    neighbors: tuple[NDArray[np.int32], NDArray[np.float32]],
    metric: str,
    random_state: int | None,
    start: NDArray[np.float32] | None = None,
    labels: NDArray[np.int32] | None = None,
    callback: Callback | None = None,
    **parameters: Any,
) -> NDArray[np.float32]:
    """Fit cuML's UMAP to neighbours that are known.

    Parameters
    ----------
    vectors : ndarray of shape (n, d) and dtype float32
    neighbors : tuple of ndarray of shape (n, k)
        Indices and distances, each vector itself first.
    metric : str
        What the distances are; cuML measures no others, as the neighbours are given.
    random_state : int or None
        A seed makes cuML repeat itself on one machine, more slowly.
    start : ndarray or None
        Refused where given: cuML starts from its own layout.
    labels : ndarray of shape (n,) or None
        -1 where unknown.
    callback : callable or None
        Called as ``callback(phase, fraction, positions)``. An epoch on the device cannot be left, so cancelling takes
        effect after the fit, or by the end of its process.
    **parameters
        Others of ``cuml.manifold.UMAP``.

    Returns
    -------
    ndarray of shape (n, n_components) and dtype float32

    Raises
    ------
    ValueError
        Where cuML or its device is missing.
    Cancelled
        Where the callback returned False.
    """
    if start is not None:
        raise ValueError("engine 'cuml' cannot start from a layout; use engine 'chroma'.")
    if (reason := missing()) is not None:
        raise ValueError(reason)
    report(callback, "Waiting for the GPU")
    n, k = neighbors[0].shape
    epochs = parameters.pop("n_epochs", None) or (EPOCHS_FOR_FEW if n <= FEW else EPOCHS_FOR_MANY)
    listener = _listener(callback, epochs)
    model = import_module("cuml.manifold").UMAP(
        n_neighbors=k,
        n_epochs=epochs,
        metric=metric if metric != "dot" else "euclidean",
        random_state=random_state,
        precomputed_knn=(neighbors[0].astype(np.int64), neighbors[1]),
        callback=listener,
        output_type="numpy",
        **{name: value for name, value in parameters.items() if name != "densmap"},
    )
    positions = model.fit_transform(np.ascontiguousarray(vectors), y=labels)
    if listener is not None and listener.answer is False:
        raise Cancelled
    return np.ascontiguousarray(positions, dtype=np.float32)


def missing() -> str | None:
    """Say why cuML cannot be used here; None where it can."""
    try:
        import_module("cuml.manifold")
    except ImportError:
        return "cuML is not installed on the server; it needs an NVIDIA GPU and RAPIDS."
    try:
        count = import_module("cupy").cuda.runtime.getDeviceCount()
    except Exception as problem:  # noqa: BLE001 - whatever the driver says is the reason
        return f"cuML is installed, but no GPU answers: {str(problem)[:200]}"
    return None if count else "cuML is installed, but the server has no GPU."


def _listener(callback: Callback | None, epochs: int) -> Any:
    """Pass on what cuML tells of its epochs; None where nobody listens."""
    if callback is None:
        return None
    tell = callback
    base: Any = import_module("cuml.internals").GraphBasedDimRedCallback

    class Listener(base):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.epoch = 0
            self.answer: bool | Wish | None = None

        def on_preprocess_end(self, embeddings: Any) -> None:
            self.hear("Spectral start", embeddings)

        def on_epoch_end(self, embeddings: Any) -> None:
            self.epoch += 1
            self.hear("Optimising the layout", embeddings)

        def on_train_end(self, embeddings: Any) -> None:
            pass

        def hear(self, phase: str, embeddings: Any) -> None:
            # Nothing may be raised through cuML's loop; a wish once heard stays.
            if self.answer is None or self.answer is True:
                positions = np.asarray(embeddings.copy_to_host(), dtype=np.float32)
                self.answer = tell(phase, Counted(self.epoch, epochs), positions)

    return Listener()
