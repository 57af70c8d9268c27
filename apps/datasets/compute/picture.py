"""Drawing an image small. Runs in processes of its own, because decoders of images are what hostile files aim at."""

from __future__ import annotations

import io
import math

from PIL import Image, ImageOps

from apps.common.errors import UnsupportedType
from apps.datasets.resources.crops import Crop, cut
from apps.datasets.resources.images import DAMAGE, FORMATS

MOST_PIXELS = 50_000_000
TOO_LARGE = f"The image has more than {MOST_PIXELS // 1_000_000} megapixels; no thumbnail is made."


def picture(data: bytes, size: int, crop: Crop | None = None) -> bytes:
    """Decode an image of a known format and draw it, or a part of it, small; never larger than it is."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise UnsupportedType(TOO_LARGE)
            shown = _shown_pixels(image, crop)
            # A large JPEG is decoded at a fraction of its size.
            fraction = 2 * size / shown
            image.draft("RGB", (math.ceil(image.width * fraction), math.ceil(image.height * fraction)))
            drawn = _in_plain_colours(image)
            # In place: a copy of a large image would be as large again.
            ImageOps.exif_transpose(drawn, in_place=True)
            if crop is not None:
                drawn = cut(drawn, crop, size)
            drawn.thumbnail((size, size), Image.Resampling.LANCZOS, reducing_gap=2.0)
            target = io.BytesIO()
            drawn.save(target, "WEBP", lossless=shown <= size, quality=80, method=2)
            return target.getvalue()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise UnsupportedType(TOO_LARGE) from problem
    except DAMAGE as problem:
        raise UnsupportedType(
            "This is not an image that Chroma can show (PNG, JPEG, WebP, GIF, BMP), or it is damaged."
        ) from problem


def _shown_pixels(image: Image.Image, crop: Crop | None) -> int:
    """Measure the longer side of what is shown, before it is drawn small.

    Either side may be the one that stands upright.
    """
    if crop is None:
        return max(image.size)
    boxes = (crop.box_in(*image.size), crop.box_in(*image.size[::-1]))
    return min(max(right - left, bottom - top) for left, top, right, bottom in boxes)


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
