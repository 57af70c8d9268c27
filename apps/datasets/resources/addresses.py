"""Where browsers fetch a resource."""

from __future__ import annotations

from collections.abc import Sequence

from apps.datasets.models import Resource, ResourceKind
from apps.datasets.resources.crops import AROUND_OBJECTS, Crop
from apps.datasets.resources.roots import is_root_uri
from apps.datasets.resources.sniff import IMAGE_TYPES


def url_of(resource: Resource) -> str | None:
    """The address of the bytes; None for texts and for URIs that the server does not read."""
    return f"/resources/{resource.pk}" if is_served(resource) else None


def thumbnail_url_of(resource: Resource, region: Sequence[float] | None = None) -> str | None:
    """The address of the small picture, or of one of its regions with some of what is around.

    What lies in a root is looked at only when it is asked for.
    """
    may_be_image = resource.kind == ResourceKind.URI or resource.media_type in IMAGE_TYPES
    if not (may_be_image and is_served(resource)):
        return None
    whole = f"/resources/{resource.pk}/thumbnail"
    return f"{whole}?region={Crop.of(region).name}&padding={AROUND_OBJECTS:g}" if region else whole


def is_served(resource: Resource) -> bool:
    if resource.kind == ResourceKind.URI:
        return is_root_uri(resource.text)
    return resource.kind == ResourceKind.FILE
