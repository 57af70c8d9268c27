"""Small pictures of resources, decoded with bounds, re-encoded, and kept on disk."""

from __future__ import annotations

import hashlib
import io
import math
import threading
import uuid
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageOps

from apps.common.errors import UnsupportedType
from apps.datasets.models import Datapoint, DatapointRole, Resource
from apps.datasets.resources.content import Content
from apps.datasets.resources.crops import AROUND_OBJECTS, Crop, cut
from apps.datasets.resources.images import DAMAGE, FORMATS

SMALLEST, LARGEST, DEFAULT = 16, 512, 128
MOST_PIXELS = 50_000_000
MEDIA_TYPE = "image/webp"
# Decoding 50 megapixels takes some 200 MB: a page full of such images must not take them all at once.
_decoding = threading.BoundedSemaphore(2)


def thumbnail(content: Content, size: int, crop: Crop | None = None) -> bytes:
    """A WebP picture of at most size x size pixels. Raises UnsupportedType where none can be made."""
    path = _path(content, size, crop)
    if path.exists():
        return path.read_bytes()
    with _decoding:
        picture = render(content.read(), size, crop)
    # Of regions only those of objects are kept, as lists show them: whoever asks for others fills no disk.
    if crop is None or (crop.padding == AROUND_OBJECTS and _is_of_object(content.resource, crop)):
        _keep(path, picture)
    return picture


def render(data: bytes, size: int, crop: Crop | None = None) -> bytes:
    """Decode an image of a known format and draw it, or a part of it, small; never larger than it is."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise UnsupportedType(
                    f"The image has more than {MOST_PIXELS // 1_000_000} megapixels; no thumbnail is made."
                )
            shown = _shown_pixels(image, crop)
            # A large JPEG is decoded at a fraction of its size.
            fraction = 2 * size / shown
            image.draft("RGB", (math.ceil(image.width * fraction), math.ceil(image.height * fraction)))
            picture = ImageOps.exif_transpose(_in_plain_colours(image))
            if crop is not None:
                picture = cut(picture, crop, size)
            picture.thumbnail((size, size), Image.Resampling.LANCZOS, reducing_gap=2.0)
            target = io.BytesIO()
            picture.save(target, "WEBP", lossless=shown <= size, quality=80, method=2)
            return target.getvalue()
    except DAMAGE as problem:
        raise UnsupportedType(
            "This is not an image that Chroma can show (PNG, JPEG, WebP, GIF, BMP), or it is damaged."
        ) from problem


def cache_folder() -> Path:
    return Path(settings.CHROMA_DATA_DIR) / "thumbnails"


def _shown_pixels(image: Image.Image, crop: Crop | None) -> int:
    """The longer side of what is shown, before it is drawn small. Either side may be the one that stands upright."""
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


def _is_of_object(resource: Resource, crop: Crop) -> bool:
    objects = Datapoint.objects.filter(resource=resource, role=DatapointRole.OBJECT).order_by()
    regions = objects.values_list("region", flat=True)
    return any(Crop.of(region, crop.padding) == crop for region in regions if region)


def _path(content: Content, size: int, crop: Crop | None) -> Path:
    # The project is in the name: what one project may see is never found through another.
    what = f"{content.resource.project_id}:{content.resource.pk}:{content.etag}:{size}"
    if crop is not None:
        what += f":{crop.name}:{crop.padding:g}"
    name = hashlib.sha256(what.encode()).hexdigest()
    return cache_folder() / name[:2] / f"{name}.webp"


def _keep(path: Path, picture: bytes) -> None:
    """Write beside and rename, so that nobody reads half a picture."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{uuid.uuid4().hex}.part")
    beside.write_bytes(picture)
    Path(beside).replace(path)
