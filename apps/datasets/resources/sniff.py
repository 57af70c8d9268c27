"""What bytes are, by their first few: the only images that browsers are given as images."""

from __future__ import annotations

IMAGE_TYPES = {"image/png", "image/jpeg", "image/webp", "image/gif", "image/bmp"}
UNKNOWN_TYPE = "application/octet-stream"
HEAD_BYTES = 16


def media_type_of(head: bytes) -> str:
    """The media type of content that starts with these bytes (16 are enough)."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return "image/bmp"
    return UNKNOWN_TYPE
