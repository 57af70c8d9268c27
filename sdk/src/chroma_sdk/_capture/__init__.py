"""Capture: what a model computes while it runs becomes datapoints, inferences and embeddings."""

from __future__ import annotations

from chroma_sdk._capture.autologging import Autolog, autolog
from chroma_sdk._capture.capturing import Capture, capture

__all__ = ["Autolog", "Capture", "autolog", "capture"]
