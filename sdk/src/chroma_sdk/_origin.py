"""Which trained model and layer inferences and embeddings come from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """The trained model and the layer that inferences and embeddings come from; "" means the server's default."""

    model: str = ""
    version: str = ""
    layer: str = ""
