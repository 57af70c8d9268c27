"""Small pictures of resources, decoded with bounds, re-encoded, and kept on disk."""

from __future__ import annotations

import hashlib
import io
import threading
import uuid
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageOps

from apps.common.errors import UnsupportedType
from apps.datasets.resources.content import Content

SMALLEST, LARGEST, DEFAULT = 16, 512, 128
MOST_PIXELS = 50_000_000
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
MEDIA_TYPE = "image/webp"
# Decoding 50 megapixels takes some 200 MB: a page full of such images must not take them all at once.
_decoding = threading.BoundedSemaphore(2)
# What Pillow raises for damaged and for hostile files.
_damage = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    TypeError,
    LookupError,
    ArithmeticError,
    MemoryError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


def thumbnail(content: Content, size: int) -> bytes:
    """A WebP picture of at most size x size pixels. Raises UnsupportedType where none can be made."""
    path = _path(content, size)
    if path.exists():
        return path.read_bytes()
    with _decoding:
        picture = render(content.read(), size)
    _keep(path, picture)
    return picture


def render(data: bytes, size: int) -> bytes:
    """Decode an image of a known format and draw it small; never larger than it is."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise UnsupportedType(
                    f"The image has more than {MOST_PIXELS // 1_000_000} megapixels; no thumbnail is made."
                )
            is_small = max(image.size) <= size
            image.draft("RGB", (2 * size, 2 * size))  # a large JPEG is decoded at a fraction of its size
            upright = ImageOps.exif_transpose(_in_plain_colours(image))
            upright.thumbnail((size, size), Image.Resampling.LANCZOS, reducing_gap=2.0)
            target = io.BytesIO()
            upright.save(target, "WEBP", lossless=is_small, quality=80, method=2)
            return target.getvalue()
    except _damage as problem:
        raise UnsupportedType(
            "This is not an image that Chroma can show (PNG, JPEG, WebP, GIF, BMP), or it is damaged."
        ) from problem


def cache_folder() -> Path:
    return Path(settings.CHROMA_DATA_DIR) / "thumbnails"


def _in_plain_colours(image: Image.Image) -> Image.Image:
    """RGB, or RGBA where something shows through; keeps the orientation tag."""
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256).convert("L")
    has_alpha = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    mode = "RGBA" if has_alpha else "RGB"
    if image.mode == mode:
        return image
    exif = image.getexif()
    converted = image.convert(mode)
    converted.info["exif"] = exif.tobytes() if exif else b""
    return converted


def _path(content: Content, size: int) -> Path:
    # The project is in the name: what one project may see is never found through another.
    name = hashlib.sha256(
        f"{content.resource.project_id}:{content.resource.pk}:{content.etag}:{size}".encode()
    ).hexdigest()
    return cache_folder() / name[:2] / f"{name}.webp"


def _keep(path: Path, picture: bytes) -> None:
    """Write beside and rename, so that nobody reads half a picture."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{uuid.uuid4().hex}.part")
    beside.write_bytes(picture)
    Path(beside).replace(path)
