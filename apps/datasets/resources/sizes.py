"""How large the images of resources are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing

from apps.common.errors import ChromaError
from apps.datasets.models import Resource, ResourceKind
from apps.datasets.resources.addresses import is_served
from apps.datasets.resources.content import open_content
from apps.datasets.resources.images import size_of_image
from apps.storage.files import read_ranges

# An image's header is nearly always within its first bytes.
HEADER_BYTES = 64 * 1024


def known_sizes(resource_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Width and height of the resources that are images which the server can read.

    Uploads have theirs from the start; those from before sizes were kept are looked at once, here. A file in a root may
    change, so it is looked at each time.
    """
    sizes = {}
    looked_at = []
    for resource in Resource.objects.filter(pk__in=resource_ids):
        if resource.width is None or resource.height is None:
            resource.width, resource.height = _look_at(resource)
            if resource.kind == ResourceKind.FILE:
                looked_at.append(resource)
        if resource.width is not None and resource.height is not None:
            sizes[resource.pk] = (resource.width, resource.height)
    Resource.objects.bulk_update(looked_at, ["width", "height"], batch_size=500)
    return sizes


def _look_at(resource: Resource) -> tuple[int, int] | tuple[None, None]:
    if not is_served(resource):
        return None, None
    for content in _beginnings(resource):
        if (size := size_of_image(content)) is not None:
            return size
    return None, None


def _beginnings(resource: Resource) -> Iterable[bytes]:
    """The first bytes, and then all of them."""
    if resource.kind == ResourceKind.FILE:
        yield read_ranges(resource, [(resource.offset, min(resource.size, HEADER_BYTES))])[0]
    try:
        with closing(open_content(resource)) as content:
            yield content.read()
    except ChromaError:
        """No file, or too large a one: it has no size that we know."""
