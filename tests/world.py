"""A project with one of everything, for tests that walk through all doors."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import numpy as np
from django.utils import timezone
from PIL import Image
from pyroaring import BitMap

from apps.accounts.actor import Actor
from apps.accounts.models import ApiToken, User
from apps.curation.exports.services import create_export
from apps.curation.imports.upload import declare_import
from apps.curation.models import Export, ExportFormat, Import, ImportFormat, ImportState, Selection, SelectionRows
from apps.curation.services.labelling import set_label
from apps.curation.services.tagging import tag_selection
from apps.datasets.columns import append_values
from apps.datasets.models import ColumnKind, Datapoint, Dataset, Resource, ResourceKind, Slice, Upload
from apps.datasets.services.comments import add_comment
from apps.embeddings.models import EmbeddingSet
from apps.jobs.models import Job, JobState, Lane
from apps.projections.models import ProjectionGrowth, Projector
from apps.projections.precomputed import store_positions
from apps.projections.services import get_or_create_projector, run_projection
from apps.projects.models import Membership, Project, Role
from apps.storage.files import folder_of, write_file
from tests.cast import make_token
from tests.data import (
    make_analysis,
    make_dataset,
    make_embedding_set,
    make_inference_set,
    make_metadata,
    make_neighbors,
    make_objects,
)
from tests.logging.upload import stream_of, table_of


@dataclass
class World:
    """The ids of one of everything in a project, as its public doors name them."""

    owner: User
    project: Project
    dataset: Dataset
    ids: dict[str, str]

    def selection_of(self, user: User) -> str:
        """A selection of the first three datapoints, made by the user."""
        return str(make_selection(self.dataset, user).pk)

    def member_or_owner(self, user: User) -> User:
        """The user, if a member; the owner otherwise."""
        return user if self.project.memberships.filter(user=user).exists() else self.owner

    def labelled_by(self, user: User) -> str:
        """The id of a bulk edit of labels by the user, if they may; by the owner otherwise."""
        role = self.project.memberships.filter(user=user, role__in=[Role.EDITOR, Role.OWNER])
        editor = user if role.exists() else self.owner
        selection = make_selection(self.dataset, editor)
        return str(set_label(actor=Actor(user=editor), selection=selection, category_name="1").action_id)

    def detections(self) -> dict[str, str]:
        """Input that names a new dataset with one found and one ground-truth object."""
        dataset = make_dataset(self.project, "detections", count=1)
        trained_model = self.project.model_architectures.get(pk=self.ids["modelArchitecture"]).trained_models.get()
        make_objects(dataset, [(0, (0, 0, 0.5, 0.5))], labels=["1"])
        make_objects(dataset, [(0, (0, 0, 0.5, 0.5))], trained_model=trained_model)
        return {"datasetId": str(dataset.pk), "trainedModelId": str(trained_model.pk)}

    def outgrown_map(self, user: User) -> str:
        """The id of a new map, by PCA, of vectors of which one is another since."""
        embeddings = EmbeddingSet.objects.get(pk=self.ids["embeddingSet"])
        stored = store_positions(
            actor=Actor(user=self.owner),
            embedding_sets=[embeddings],
            positions=np.eye(5, 2, dtype=np.float32),
            name=None,
        )
        stored.projector = get_or_create_projector(self.project, "pca", {}, None)
        stored.save(update_fields=["projector"])
        append_values(embeddings.vectors, np.array([0], dtype=np.uint32), np.ones((1, 5), dtype=np.float32))
        return str(stored.pk)

    def growing_map(self) -> str:
        """The id of a new map of the owner's whose job runs, and which shows two points by now."""
        embeddings = EmbeddingSet.objects.get(pk=self.ids["embeddingSet"])
        growing = run_projection(actor=Actor(user=self.owner), embedding_sets=[embeddings], method="pca")
        lease = uuid4()
        Job.objects.filter(pk=growing.job.pk).update(
            state=JobState.RUNNING, lease=lease, lease_until=timezone.now() + timedelta(hours=1), frame_number=1
        )
        ProjectionGrowth.objects.create(
            projection_set=growing,
            number=1,
            lease=lease,
            phase="Optimising the layout",
            fraction=0.5,
            total=5,
            source=np.zeros(2, "<u2").tobytes(),
            row=np.arange(2, dtype="<u4").tobytes(),
            positions=np.eye(2, dtype="<f4").tobytes(),
        )
        return str(growing.pk)

    def token_of(self, user: User) -> str:
        """The id of a new API token of the user."""
        make_token(user)
        return str(ApiToken.objects.filter(user=user).first().pk)

    def upload_of(self, user: User) -> str:
        """An upload session of the user that waits for its only chunk."""
        content = chunk()
        upload = Upload.objects.create(
            dataset=self.dataset,
            created_by=user,
            key=f"upload of {user}",
            row_count=1,
            byte_count=len(content),
            chunk_bytes=1024,
            sha256=hashlib.sha256(content).hexdigest(),
            expires_at=timezone.now() + timedelta(hours=1),
        )
        return str(upload.pk)


def chunk() -> bytes:
    """One logged datapoint on the wire."""
    return stream_of(table_of({"key": ["k0"]}))


def make_world(owner: User, project: Project) -> World:
    """Fill the project. Its owner has done everything in it."""
    actor = Actor(user=owner)
    picture = make_picture(project)
    dataset = make_dataset(project, count=5, labels=["1", "7", "1"], resources=[picture])
    field = make_metadata(dataset, "sharpness", ColumnKind.NUMBER, np.arange(5.0))
    inferences = make_inference_set(dataset, ["1", "1", "7"], confidences=[0.9, 0.8, 0.7])
    embeddings = make_embedding_set(dataset, np.eye(5))
    make_neighbors(embeddings)
    positions = np.zeros((5, 3), dtype=np.float32)
    projection_set = store_positions(actor=actor, embedding_sets=[embeddings], positions=positions, name="Map")
    datapoint = Datapoint.objects.get(dataset=dataset, row=0)
    comment = add_comment(actor=actor, datapoint=datapoint, text="Blurred")
    selection = make_selection(dataset, owner)
    analysis = make_analysis(embeddings, np.arange(5.0) * 20)
    tag = tag_selection(actor=actor, selection=selection, name="check").tag
    set_label(actor=actor, selection=selection, category_name="7")
    job = Job.objects.create(
        project=project,
        kind="run_projection",
        title="Job",
        lane=Lane.LIGHT,
        requested_by=owner,
        queued_at=timezone.now(),
        parameters={},
        state=JobState.QUEUED,
    )
    failed = Job.objects.create(
        project=project,
        kind="run_projection",
        title="Failed job",
        lane=Lane.LIGHT,
        requested_by=owner,
        queued_at=timezone.now(),
        parameters={},
        state=JobState.FAILED,
        error="It broke.",
    )
    make_token(owner)
    layer = embeddings.layer
    rows = {
        "project": project,
        "dataset": dataset,
        "category": project.categories.get(name="1"),
        "tag": tag,
        "slice": Slice.objects.create(project=project, name="Odd", created_by=owner, rule={"filters": []}),
        "resource": picture,
        "metadataField": field,
        "inferenceSet": inferences,
        "embeddingSet": embeddings,
        "layer": layer,
        "layerSet": layer.layer_set,
        "trainedModel": layer.layer_set.trained_model,
        "modelArchitecture": layer.layer_set.trained_model.model_architecture,
        "projectionSet": projection_set,
        "projector": projection_set.projector,
        "analysis": analysis,
        "scoreSet": analysis.score_sets.get(),
        "unusedProjector": Projector.objects.create(project=project, method="pca", digest="unused"),
        "job": job,
        "failedJob": failed,
        "export": make_export(actor, dataset),
        "import": make_import(actor, project),
        "comment": comment,
        "labelChange": datapoint.label_changes.first(),
        "membership": Membership.objects.get(project=project, user=owner),
        "auditEntry": project.audit_entries.first(),
        "apiToken": ApiToken.objects.filter(user=owner).first(),
    }
    ids = {name: str(row.pk) for name, row in rows.items()}
    ids["datapoint"] = f"{dataset.pk}:0"
    return World(owner=owner, project=project, dataset=dataset, ids=ids)


def make_export(actor: Actor, dataset: Dataset) -> Export:
    """An export as its job leaves it."""
    export = create_export(actor=actor, scope=dataset, format=ExportFormat.KEYS)
    written = write_file(folder_of(dataset.project_id), b"k0\n")
    export.path, export.size, export.sha256, export.row_count = written.path, written.size, written.sha256, 1
    export.save()
    return export


def make_import(actor: Actor, project: Project) -> Import:
    """A file that was looked at and waits to be started."""
    declared = {"key": "a", "file_name": "a.csv", "byte_count": 8, "chunk_bytes": 8}
    made, _ = declare_import(actor=actor, project=project, declared=declared)
    made.state, made.format = ImportState.READY, ImportFormat.CSV
    made.columns = [{"name": "id", "kind": "text", "samples": [], "suggestedField": "key"}]
    made.save()
    return made


def make_selection(dataset: Dataset, user: User) -> Selection:
    selection = Selection.objects.create(
        project=dataset.project, created_by=user, expires_at=timezone.now() + timedelta(hours=1), datapoint_count=3
    )
    SelectionRows.objects.create(selection=selection, dataset=dataset, rows=BitMap([0, 1, 2]).serialize())
    return selection


def make_picture(project: Project) -> Resource:
    target = BytesIO()
    Image.new("RGB", (8, 8)).save(target, "PNG")
    content = target.getvalue()
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


def invite(world: World, user: User) -> str:
    """The id of the user's pending invitation to some other project."""
    project = Project.objects.create(namespace=world.owner.username, name=f"For {user}")
    membership = Membership.objects.create(project=project, user=user, role=Role.VIEWER, invited_by=world.owner)
    return str(membership.pk)
