"""Where browsers fetch a resource."""

from __future__ import annotations

from apps.datasets.models import Resource, ResourceKind
from apps.datasets.resources.roots import is_root_uri
from apps.datasets.resources.sniff import IMAGE_TYPES


def url_of(resource: Resource) -> str | None:
    """The address of the bytes; None for texts and for URIs that the server does not read."""
    return f"/resources/{resource.pk}" if is_served(resource) else None


def thumbnail_url_of(resource: Resource) -> str | None:
    """The address of the small picture. What lies in a root is looked at only when it is asked for."""
    may_be_image = resource.kind == ResourceKind.URI or resource.media_type in IMAGE_TYPES
    return f"/resources/{resource.pk}/thumbnail" if may_be_image and is_served(resource) else None


def is_served(resource: Resource) -> bool:
    if resource.kind == ResourceKind.URI:
        return is_root_uri(resource.text)
    return resource.kind == ResourceKind.FILE
