"""Small pictures of resources, drawn by processes of their own (painters.py), and kept on disk."""

from __future__ import annotations

import hashlib
import uuid
from pathlib import Path

from django.conf import settings

from apps.datasets.models import Datapoint, DatapointRole, Resource
from apps.datasets.resources.content import Content
from apps.datasets.resources.crops import AROUND_OBJECTS, Crop
from apps.datasets.resources.painters import studio

SMALLEST, LARGEST, DEFAULT = 16, 512, 128
# Only these are kept: whoever asks for all other sizes of an image fills no disk.
KEPT_SIZES = {64, 128, 256, 512}
MEDIA_TYPE = "image/webp"


def thumbnail(content: Content, size: int, crop: Crop | None = None) -> bytes:
    """A WebP picture of at most size x size pixels. Raises UnsupportedType where none can be made."""
    path = _path(content, size, crop)
    if path.exists():
        return path.read_bytes()
    with studio.painter() as painter:
        # Read only now: whoever waits holds no image.
        picture = painter.paint(content.read(), size, crop)
    if size in KEPT_SIZES and (crop is None or _is_kept(content.resource, crop)):
        _keep(path, picture)
    return picture


def cache_folder() -> Path:
    return Path(settings.CHROMA_DATA_DIR) / "thumbnails"


def _is_kept(resource: Resource, crop: Crop) -> bool:
    """Of regions only those of objects are kept, as lists show them."""
    if crop.padding != AROUND_OBJECTS:
        return False
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
