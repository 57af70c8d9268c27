"""Log datapoints and embeddings to a Chroma server, and read back what it made of them."""

from __future__ import annotations

__all__ = ["__version__"]

__version__ = "0.1.0"
