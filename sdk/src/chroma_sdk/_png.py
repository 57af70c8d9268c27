"""Writes an array as a PNG file, with nothing but zlib."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import numpy as np

# How PNG calls what a pixel is made of, by the number of values: grey, red-green-blue, and that with transparency.
COLOUR_TYPES = {1: 0, 3: 2, 4: 6}
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def encode_png(pixels: np.ndarray[Any, Any]) -> bytes:
    """Encode an image.

    Parameters
    ----------
    pixels : ndarray of shape (height, width) or (height, width, 1 | 3 | 4)
        Of uint8 (0 to 255), bool, or floats from 0 to 1.
    """
    values = _as_bytes(pixels)
    height, width, channels = values.shape
    # Each line starts with the number of its filter: 0, as it is.
    lines = np.zeros((height, 1 + width * channels), dtype=np.uint8)
    lines[:, 1:] = values.reshape(height, width * channels)
    header = struct.pack(">IIBBBBB", width, height, 8, COLOUR_TYPES[channels], 0, 0, 0)
    body = zlib.compress(lines.tobytes(), level=6)
    return SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def problem_with(pixels: np.ndarray[Any, Any]) -> str | None:
    """Say why an array is no image, or None."""
    if pixels.ndim not in (2, 3) or 0 in pixels.shape or (pixels.ndim == 3 and pixels.shape[2] not in COLOUR_TYPES):
        wanted = "(height, width), (height, width, 3) or (height, width, 4)"
        channels_first = pixels.ndim == 3 and pixels.shape[0] in COLOUR_TYPES
        hint = "; move the channels last with image.transpose(1, 2, 0)" if channels_first else ""
        return f"got an image of shape {pixels.shape}, wanted {wanted}{hint}."
    if pixels.dtype == np.uint8 or pixels.dtype == np.bool_:
        return None
    if pixels.dtype.kind != "f":
        return f"got an image of {pixels.dtype}, wanted uint8 (0 to 255), bool, or floats from 0 to 1."
    if not (np.isfinite(pixels).all() and pixels.min() >= 0 and pixels.max() <= 1):
        return "got an image of floats outside 0 to 1; scale it, or give uint8 from 0 to 255."
    return None


def _as_bytes(pixels: np.ndarray[Any, Any]) -> np.ndarray[Any, np.dtype[np.uint8]]:
    if pixels.ndim == 2:
        pixels = pixels[:, :, np.newaxis]
    if pixels.dtype == np.uint8:
        return pixels
    return np.round(pixels.astype(np.float64) * 255).astype(np.uint8)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
