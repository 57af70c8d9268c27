"""Files that cases ask for: missing, damaged, out of place, or not what they look like."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from PIL import Image

from apps.datasets.models import Resource, ResourceKind
from apps.storage.files import folder_of, write_file

if TYPE_CHECKING:
    from tests.badinputs.doors import Scene

SCRIPT = b"<html><script>alert(1)</script></html>"
DRAWING = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def foreign_file(scene: Scene) -> dict[str, str]:
    """The checksum of a file that only Charlie's project has."""
    content = b"of Charlie"
    return {"sha256": _kept(scene, content, project=scene.world.other_project).sha256}


def text_resource(scene: Scene) -> dict[str, str]:
    return {"text": str(_named(scene, "a text", ResourceKind.TEXT).pk)}


def missing_file(scene: Scene) -> dict[str, str]:
    return {"missing": str(_named(scene, "root:photos/missing.png").pk)}


def folder_in_root(scene: Scene) -> dict[str, str]:
    (_root() / "folder").mkdir()
    return {"folder": str(_named(scene, "root:photos/folder").pk)}


def link_out_of_root(scene: Scene) -> dict[str, str]:
    (_root() / "link.png").symlink_to("/etc/passwd")
    return {"link": str(_named(scene, "root:photos/link.png").pk)}


def damaged_file(scene: Scene) -> dict[str, str]:
    """A file whose bytes on the disk are gone."""
    resource = _kept(scene, b"soon gone")
    (Path(settings.CHROMA_DATA_DIR) / "files" / resource.path).unlink()
    return {"damaged": str(resource.pk)}


def html_as_png(scene: Scene) -> dict[str, str]:
    return {"html": str(_kept(scene, SCRIPT).pk)}


def svg_as_png(scene: Scene) -> dict[str, str]:
    return {"svg": str(_kept(scene, DRAWING).pk)}


def cut_image(scene: Scene) -> dict[str, str]:
    return {"cut": str(_kept(scene, _png((64, 64))[:60]).pk)}


def image_bomb(scene: Scene) -> dict[str, str]:
    """Some kilobytes that say they are 2.5 milliard pixels."""
    content = bytearray(_png((64, 64)))
    content[16:24] = (50_000).to_bytes(4, "big") * 2
    return {"bomb": str(_kept(scene, bytes(content)).pk)}


def _png(size: tuple[int, int]) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size).save(target, "PNG")
    return target.getvalue()


def _root() -> Path:
    return settings.CHROMA_RESOURCE_ROOTS["photos"]


def _kept(scene: Scene, content: bytes, project=None) -> Resource:
    """A file that was uploaded as a PNG."""
    project = project or scene.world.project
    written = write_file(folder_of(project.pk), content)
    return Resource.objects.create(
        project=project,
        kind=ResourceKind.FILE,
        text="x.png",
        media_type="image/png",
        path=written.path,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _named(scene: Scene, text: str, kind: ResourceKind = ResourceKind.URI) -> Resource:
    return Resource.objects.create(
        project=scene.world.project,
        kind=kind,
        text=text,
        size=0,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
