"""What a case finds made before it knocks. Each returns names that the case may write with a dollar."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np
from django.test import Client
from django.utils import timezone

from apps.accounts.models import User
from apps.datasets.models import Dataset, Tag, Upload, UploadState
from apps.jobs.models import Job, JobState
from tests.cast import make_client, make_user
from tests.data import make_dataset, make_embedding_set
from tests.logging.upload import Uploader, stream_of, table_of
from tests.world import chunk, make_selection

if TYPE_CHECKING:
    from tests.badinputs.doors import Scene


def ten_wrong_passwords(scene: Scene) -> dict[str, str]:
    for _ in range(10):
        Client().post("/auth/login", {"username": "bob", "password": "wrong"}, content_type="application/json")
    return {}


def deleted_session(scene: Scene) -> dict[str, str]:
    """The cookie of somebody who is gone since."""
    gone = make_user("gone")
    client = make_client(gone)
    key = client.cookies["sessionid"].value
    gone.delete()
    return {"session": key}


def disabled_session(scene: Scene) -> dict[str, str]:
    gone = make_user("gone")
    key = make_client(gone).cookies["sessionid"].value
    User.objects.filter(pk=gone.pk).update(is_active=False)
    return {"session": key}


def stale_session(scene: Scene) -> dict[str, str]:
    """The cookie of somebody who has another password since."""
    dora = make_user("dora")
    key = make_client(dora).cookies["sessionid"].value
    dora.set_password("violet tram 42 lemon")
    dora.save()
    return {"session": key}


def selection(scene: Scene) -> dict[str, str]:
    return {"selection": scene.world.selection_of(User.objects.get(username="bob"))}


def alices_selection(scene: Scene) -> dict[str, str]:
    return {"selection": scene.world.selection_of(scene.world.owner)}


def undone(scene: Scene) -> dict[str, str]:
    """A bulk edit of labels by Bob that he took back already."""
    bob = User.objects.get(username="bob")
    action = scene.world.labelled_by(bob)
    document = "mutation ($id: ID!) { undoLabelChange(input: {actionId: $id}) { errors { message } } }"
    body = {"query": document, "variables": {"id": action}}
    make_client(bob).post("/graphql", body, content_type="application/json")
    return {"action": action}


def upload(scene: Scene) -> dict[str, str]:
    """Bob's open upload; its chunk is `!make chunk`."""
    return {"upload": scene.world.upload_of(User.objects.get(username="bob"))}


def alices_upload(scene: Scene) -> dict[str, str]:
    return {"upload": scene.world.upload_of(scene.world.owner)}


def received_upload(scene: Scene) -> dict[str, str]:
    """Bob's upload with its chunk."""
    names = upload(scene)
    client = make_client(User.objects.get(username="bob"))
    headers = {"X-Chroma-Sha256": hashlib.sha256(chunk()).hexdigest()}
    address = f"/bulk/v1/uploads/{names['upload']}/chunks/0"
    client.put(address, chunk(), content_type="application/octet-stream", headers=headers)
    return names


def expired_upload(scene: Scene) -> dict[str, str]:
    names = upload(scene)
    Upload.objects.filter(pk=names["upload"]).update(expires_at=timezone.now())
    return names


def committed_upload(scene: Scene) -> dict[str, str]:
    names = upload(scene)
    Upload.objects.filter(pk=names["upload"]).update(state=UploadState.COMMITTED, report={"added": 1})
    return names


def upload_to_a_deleted_dataset(scene: Scene) -> dict[str, str]:
    names = received_upload(scene)
    scene.world.dataset.deleted_at = timezone.now()
    scene.world.dataset.save(update_fields=["deleted_at"])
    return names


def declared_upload(scene: Scene) -> dict[str, str]:
    """An upload with the key `mine` of a table of two rows."""
    made = scene.world.upload_of(User.objects.get(username="bob"))
    Upload.objects.filter(pk=made).update(key="mine", row_count=2)
    return {"upload": made}


def many_uploads(scene: Scene) -> dict[str, str]:
    """As many open uploads as one person may have."""
    bob = User.objects.get(username="bob")
    first = Upload.objects.get(pk=scene.world.upload_of(bob))
    for number in range(99):
        first.pk, first.key = None, f"upload {number}"
        first.id = None
        first._state.adding = True
        first.save()
    return {}


def finished_job(scene: Scene) -> dict[str, str]:
    Job.objects.filter(pk=scene.world.ids["job"]).update(state=JobState.DONE, finished_at=timezone.now())
    return {}


def part_of_a_job(scene: Scene) -> dict[str, str]:
    """The job is a part of another one."""
    part = Job.objects.get(pk=scene.world.ids["job"])
    whole = Job.objects.create(project=part.project, kind=part.kind, lane=part.lane, queued_at=timezone.now())
    Job.objects.filter(pk=part.pk).update(parent=whole)
    return {}


def waiting_jobs(scene: Scene) -> dict[str, str]:
    """As many jobs waiting as one person may have."""
    bob = User.objects.get(username="bob")
    template = Job.objects.get(pk=scene.world.ids["job"])
    for _ in range(20):
        template.pk = template.id = None
        template._state.adding, template.requested_by = True, bob
        template.save()
    return {}


def renamed_tag(scene: Scene) -> dict[str, str]:
    """The tag has been renamed by Alice since it was seen."""
    document = 'mutation ($id: ID!) { renameTag(input: {id: $id, name: "look"}) { errors { message } } }'
    body = {"query": document, "variables": {"id": scene.world.ids["tag"]}}
    make_client(scene.world.owner).post("/graphql", body, content_type="application/json")
    return {}


def embedded(scene: Scene) -> dict[str, str]:
    """Vectors of three dimensions in the layer that logs name by default."""
    bob = User.objects.get(username="bob")
    table = table_of({"key": ["k0"], "embedding": np.ones((1, 3), dtype=np.float32)})
    Uploader(make_client(bob), scene.world.dataset).upload(stream_of(table), 1, dimension=3)
    return {}


def foreign_selection(scene: Scene) -> dict[str, str]:
    """Charlie's selection in his own project."""
    dataset = Dataset.objects.get(project=scene.world.other_project, name="train")
    return {"selection": str(make_selection(dataset, User.objects.get(username="charlie")).pk)}


def cafe(scene: Scene) -> dict[str, str]:
    Tag.objects.create(project=scene.world.project, name="caf\u00e9")
    return {}


def three_embeddings(scene: Scene) -> dict[str, str]:
    dataset = make_dataset(scene.world.project, "few", count=3)
    return {"few": str(make_embedding_set(dataset, np.zeros((3, 7)), layer="fc2").pk)}
