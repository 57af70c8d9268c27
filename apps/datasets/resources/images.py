"""Which images the server reads, and what their headers say."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
# What Pillow raises for damaged and for hostile files.
DAMAGE = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    TypeError,
    LookupError,
    ArithmeticError,
    MemoryError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)
ORIENTATION = 0x0112
ON_ITS_SIDE = {5, 6, 7, 8}


def size_of_image(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels as the image is shown; None for anything else than an image.

    Only the header is looked at: no pixel is decoded.
    """
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            width, height = image.size
            # Asked without the tag in the header, a PNG would be decoded to look for it behind the pixels.
            is_turned = "exif" in image.info and image.getexif().get(ORIENTATION) in ON_ITS_SIDE
    except DAMAGE:
        return None
    return (height, width) if is_turned else (width, height)
