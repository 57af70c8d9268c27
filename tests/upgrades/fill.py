"""Puts rows into every table of an empty installation: run by make_fixture."""

from __future__ import annotations

import os
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chroma_site.settings")
django.setup()

import numpy as np  # noqa: E402
from django.apps import apps  # noqa: E402
from django.contrib.admin.models import ADDITION, LogEntry  # noqa: E402
from django.contrib.auth.models import Group, Permission  # noqa: E402
from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.utils import timezone  # noqa: E402

from apps.accounts.actor import Actor  # noqa: E402
from apps.accounts.models import PasswordLink, TokenBucket  # noqa: E402
from apps.curation.models import ExportRows, Import, ImportChunk  # noqa: E402
from apps.datasets import bitmaps  # noqa: E402
from apps.datasets.models import (  # noqa: E402
    ColumnKind,
    Resource,
    ResourceKind,
    ResourceRootGrant,
    Slice,
    SliceRows,
    UploadChunk,
)
from apps.jobs.models import Job, JobFile, WorkerHeartbeat  # noqa: E402
from apps.projects.models import Role  # noqa: E402
from apps.projects.services.projects import create_project  # noqa: E402
from apps.storage.files import folder_of, write_file  # noqa: E402
from tests.cast import make_member, make_user  # noqa: E402
from tests.data import (  # noqa: E402
    make_dataset,
    make_embedding_set,
    make_inference_set,
    make_metadata,
    make_neighbors,
    make_objects,
)
from tests.world import World, make_world  # noqa: E402

# Nothing of ours lies there: the queue holds wake-ups for a second, and schedules are not used.
EMPTY_APPS = {"django_q"}
TEXTS = ["Zürich, 東京 🗺️", "quotes \" and \\ and ' and %s", "line\nbreak\ttab", "\u202eright to left", "<b>&amp;</b>"]


def fill() -> None:
    alice, bob = make_user("alice", is_staff=True, is_superuser=True, email="alice@example.org"), make_user("bob")
    project = create_project(actor=Actor(user=alice), name="MNIST", description=TEXTS[0])
    make_member(project, bob, Role.EDITOR)
    world = make_world(alice, project)
    world.upload_of(bob)
    fill_dataset(world)
    fill_edges(world)
    fill_people(alice, bob)
    empty = [
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in EMPTY_APPS and not model._base_manager.exists()
    ]
    assert not empty, f"no rows in {empty}"


def fill_dataset(world: World) -> None:
    """Some hundred datapoints with columns of every kind, in several versions."""
    project = world.project
    resources = [
        Resource.objects.create(project=project, kind=ResourceKind.TEXT, text=text, size=1, sha256=f"{place:064}")
        for place, text in enumerate(TEXTS)
    ]
    dataset = make_dataset(project, "digits", count=300, labels=["1", "7", None] * 90, resources=resources)
    random = np.random.default_rng(7)
    embeddings = make_embedding_set(dataset, random.standard_normal((300, 8), dtype=np.float32), layer="fc2")
    make_neighbors(embeddings)
    make_inference_set(dataset, ["1", "7"] * 150, confidences=random.random(300).tolist(), version="2")
    make_metadata(dataset, "note", ColumnKind.TEXT, TEXTS * 60)
    make_metadata(dataset, "size", ColumnKind.INTEGER, np.arange(300) - 2**53)
    make_metadata(dataset, "sharpness", ColumnKind.NUMBER, np.linspace(-1e300, 1e300, 300))
    make_metadata(dataset, "is_odd", ColumnKind.BOOLEAN, np.arange(300) % 2)
    make_objects(dataset, [(0, (0, 0, 0.5, 0.5)), (1, (0.1, 0.2, 0.3, 0.4))], labels=["1", None])


def fill_edges(world: World) -> None:
    """Rows of the tables that `make_world` leaves empty."""
    project, dataset = world.project, world.dataset
    ResourceRootGrant.objects.create(project=project, root="photos", granted_by=world.owner)
    frozen = Slice.objects.create(project=project, name="Frozen", created_by=world.owner)
    some = bitmaps.dump(bitmaps.of_rows(np.arange(3, dtype=np.uint32)))
    SliceRows.objects.create(slice=frozen, dataset=dataset, rows=some, datapoint_count=3)
    ExportRows.objects.create(export=project.exports.get(), dataset=dataset, rows=some)
    for model, of in (
        (UploadChunk, {"upload": dataset.uploads.get()}),
        (ImportChunk, {"import_file": Import.objects.get()}),
    ):
        written = write_file(folder_of(project.pk), b"chunk")
        model.objects.create(number=0, path=written.path, size=written.size, sha256=written.sha256, **of)
    handed = write_file(folder_of(project.pk), b"cells")
    named = {"path": handed.path, "size": handed.size, "sha256": handed.sha256}
    JobFile.objects.create(job=Job.objects.filter(project=project).first(), name="cells", **named)
    WorkerHeartbeat.objects.create(host="localhost", pid=1, seen_at=timezone.now())


def fill_people(alice, bob) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    PasswordLink.objects.create(user=bob, purpose="invite", digest="0" * 64, created_by=alice, expires_at=tomorrow)
    TokenBucket.objects.create(name="user:bob", left=7.5, updated_at=timezone.now())
    group = Group.objects.create(name="Labellers")
    group.permissions.add(*Permission.objects.all()[:2])
    bob.groups.add(group)
    bob.user_permissions.add(Permission.objects.last())
    LogEntry.objects.create(
        user=alice,
        content_type=ContentType.objects.get_for_model(bob),
        object_id=str(bob.pk),
        object_repr="bob",
        action_flag=ADDITION,
    )
    SessionStore().save()


if __name__ == "__main__":
    fill()
