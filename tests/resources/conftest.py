from __future__ import annotations

import hashlib
import io

import pytest
from PIL import Image

from apps.datasets.models import Resource, ResourceKind, ResourceRootGrant
from apps.storage.files import folder_of, write_file


def picture(size=(40, 20), *, format="PNG", mode="RGB", colour=None, **options):
    """A picture of one colour, as bytes."""
    target = io.BytesIO()
    Image.new(mode, size, colour if colour is not None else 0).save(target, format, **options)
    return target.getvalue()


@pytest.fixture
def uploaded(project):
    """uploaded(content, name="x.png") -> a resource of alice/MNIST, packed between other bytes."""

    def store(content, name="x.png", media_type="image/png"):
        written = write_file(folder_of(project.pk), b"before" + content + b"after")
        return Resource.objects.create(
            project=project,
            kind=ResourceKind.FILE,
            text=name,
            media_type=media_type,
            path=written.path,
            offset=6,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
        )

    return store


@pytest.fixture
def root(project, settings, tmp_path):
    """The folder of the resource root "photos", granted to alice/MNIST; beside it lies a canary."""
    folder = tmp_path / "photos"
    folder.mkdir()
    (tmp_path / "canary.txt").write_bytes(b"CANARY")
    settings.CHROMA_RESOURCE_ROOTS = {"photos": folder}
    ResourceRootGrant.objects.create(project=project, root="photos")
    return folder


@pytest.fixture
def referenced(project):
    """referenced(uri) -> a resource that is only named."""
    return lambda uri: Resource.objects.create(
        project=project,
        kind=ResourceKind.URI,
        text=uri,
        size=0,
        sha256=hashlib.sha256(uri.encode()).hexdigest(),
        path="",
    )
