"""The table of doors: every field of the GraphQL roots and every address, and the least that opens each.

The pages of the admin have a table of their own (admin_pages.py).

`ANYBODY` needs no sign-in, `SIGNED_IN` any user; the others are a role in alice/MNIST. Who is less gets one answer:
anonymous callers UNAUTHENTICATED, strangers NOT_FOUND, members FORBIDDEN; a token with scope read never writes.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from apps.accounts.models import User
from tests.logging.upload import declaration_of, sha256, stream_of, table_of
from tests.world import World, chunk, invite

ANYBODY, SIGNED_IN, VIEWER, EDITOR, OWNER = range(5)
Input = Callable[[World, User], dict[str, Any]]

# Lists: what each shows below `edges { node { … } }`. Members see the rows of their projects, strangers none of them.
LISTS = {
    "projects": "id", "memberships": "id", "auditEntries": "id", "jobs": "id", "datasets": "id", "categories": "id",
    "tags": "id", "slices": "id", "resources": "id", "datapoints": "id", "labelChanges": "id", "comments": "id",
    "modelArchitectures": "id", "trainedModels": "id", "layerSets": "id", "layers": "id", "inferenceSets": "id",
    "embeddingSets": "id", "projectionSets": "id", "projectors": "id", "analyses": "id", "scoreSets": "id",
    "exports": "id", "imports": "id",
}  # fmt: skip
# Lists of what is the caller's own, whatever their role.
OWN_LISTS = {"invitations", "apiTokens"}
# One thing by its id, for members.
SINGULARS = {
    "project", "membership", "auditEntry", "job", "dataset", "category", "tag", "slice", "resource", "datapoint",
    "labelChange", "comment", "modelArchitecture", "trainedModel", "layerSet", "layer", "inferenceSet", "embeddingSet",
    "projectionSet", "projector", "analysis", "scoreSet", "export", "import",
}  # fmt: skip
# Fields with a rule of their own, tested one by one.
OTHER_QUERIES = {"me", "apiToken", "projectByName", "projectionEstimate", "projectionMethods", "findSimilar"}


def of(noun: str, **more: Any) -> Input:
    """Input that names one row by `id`."""
    return lambda world, user: {"id": world.ids[noun], **more}


def under(argument: str, noun: str, **more: Any) -> Input:
    """Input that names what the new row belongs to."""
    return lambda world, user: {argument: world.ids[noun], **more}


def selected(**more: Any) -> Input:
    return lambda world, user: {"selectionId": world.selection_of(user), **more}


MUTATIONS: dict[str, tuple[int, Input]] = {
    "createProject": (SIGNED_IN, lambda world, user: {"name": "New"}),
    "getOrCreateProject": (SIGNED_IN, lambda world, user: {"name": f"{user.username}/New"}),
    "renameProject": (OWNER, of("project", name="New")),
    "updateProject": (OWNER, of("project", description="New")),
    "deleteProject": (OWNER, of("project", confirmName="MNIST")),
    "inviteMember": (OWNER, under("projectId", "project", username="emil", role="VIEWER")),
    "acceptInvitation": (SIGNED_IN, lambda world, user: {"membershipId": invite(world, user)}),
    "declineInvitation": (SIGNED_IN, lambda world, user: {"membershipId": invite(world, user)}),
    "changeRole": (OWNER, lambda world, user: {"membershipId": world.ids["otherMembership"], "role": "EDITOR"}),
    "removeMember": (OWNER, lambda world, user: {"membershipId": world.ids["otherMembership"]}),
    "createApiToken": (SIGNED_IN, lambda world, user: {"name": "New", "scope": "READ"}),
    "revokeApiToken": (SIGNED_IN, lambda world, user: {"id": world.token_of(user)}),
    "changePassword": (
        SIGNED_IN,
        lambda world, user: {"currentPassword": "correct horse battery", "newPassword": "violet tram 42 lemon"},
    ),
    "cancelJob": (EDITOR, of("job")),
    "retryJob": (EDITOR, of("failedJob")),
    "deleteJob": (EDITOR, of("failedJob")),
    "createDataset": (EDITOR, under("projectId", "project", name="New")),
    "getOrCreateDataset": (EDITOR, under("projectId", "project", name="New")),
    "renameDataset": (EDITOR, of("dataset", name="New")),
    "changeDatasetKind": (EDITOR, of("dataset", kind="TEST")),
    "deleteDataset": (OWNER, of("dataset", confirmName="train")),
    "createCategory": (EDITOR, under("projectId", "project", name="New")),
    "getOrCreateCategory": (EDITOR, under("projectId", "project", name="New")),
    "updateCategory": (EDITOR, of("category", colour=3)),
    "renameCategory": (EDITOR, of("category", name="New")),
    "deleteCategory": (EDITOR, of("category")),
    "createTag": (EDITOR, under("projectId", "project", name="New")),
    "getOrCreateTag": (EDITOR, under("projectId", "project", name="New")),
    "renameTag": (EDITOR, of("tag", name="New")),
    "deleteTag": (EDITOR, of("tag")),
    "addComment": (EDITOR, under("datapointId", "datapoint", text="New")),
    "editComment": (OWNER, of("comment", text="New")),
    "deleteComment": (OWNER, of("comment")),
    "createModelArchitecture": (EDITOR, under("projectId", "project", name="New")),
    "getOrCreateModelArchitecture": (EDITOR, under("projectId", "project", name="New")),
    "renameModelArchitecture": (EDITOR, of("modelArchitecture", name="New")),
    "deleteModelArchitecture": (OWNER, of("modelArchitecture")),
    "createTrainedModel": (EDITOR, under("modelArchitectureId", "modelArchitecture", version="New")),
    "getOrCreateTrainedModel": (EDITOR, under("modelArchitectureId", "modelArchitecture", version="New")),
    "renameTrainedModel": (EDITOR, of("trainedModel", version="New")),
    "updateTrainedModel": (EDITOR, of("trainedModel", trainedOnDatasetId=None)),
    "deleteTrainedModel": (OWNER, of("trainedModel")),
    "createLayerSet": (EDITOR, under("trainedModelId", "trainedModel", name="New")),
    "renameLayerSet": (EDITOR, of("layerSet", name="New")),
    "deleteLayerSet": (OWNER, of("layerSet")),
    "createLayer": (EDITOR, under("layerSetId", "layerSet", name="New")),
    "renameLayer": (EDITOR, of("layer", name="New")),
    "deleteLayer": (OWNER, of("layer")),
    "deleteInferenceSet": (OWNER, of("inferenceSet")),
    "deleteEmbeddingSet": (OWNER, of("embeddingSet")),
    "computeNeighbors": (EDITOR, under("embeddingSetId", "embeddingSet")),
    "runProjection": (EDITOR, lambda world, user: {"embeddingSetIds": [world.ids["embeddingSet"]], "method": "pca"}),
    "placeNewDatapoints": (EDITOR, lambda world, user: {"id": world.outgrown_map(user)}),
    "refitProjection": (EDITOR, lambda world, user: {"id": world.outgrown_map(user)}),
    "stopProjection": (EDITOR, lambda world, user: {"id": world.growing_map()}),
    "renameProjectionSet": (EDITOR, of("projectionSet", name="New")),
    "deleteProjectionSet": (EDITOR, of("projectionSet")),
    "deleteProjector": (EDITOR, of("unusedProjector")),
    "runClassQuality": (
        EDITOR,
        lambda world, user: {
            "referenceEmbeddingSetId": world.ids["embeddingSet"],
            "targetEmbeddingSetIds": [world.ids["embeddingSet"]],
        },
    ),
    "matchObjects": (EDITOR, lambda world, user: world.detections()),
    "renameAnalysis": (EDITOR, of("analysis", name="New")),
    "deleteAnalysis": (EDITOR, of("analysis")),
    "tagSelection": (EDITOR, selected(name="new")),
    "untagSelection": (EDITOR, selected(name="check")),
    "deleteDatapoints": (OWNER, selected(confirmCount=3)),
    "setLabel": (EDITOR, selected(categoryName="1")),
    "createSlice": (EDITOR, under("projectId", "project", name="New", rule={"filters": []})),
    "updateSlice": (EDITOR, of("slice", description="New")),
    "renameSlice": (EDITOR, of("slice", name="New")),
    "freezeSlice": (EDITOR, of("slice")),
    "deleteSlice": (EDITOR, of("slice")),
    "createExport": (
        VIEWER,
        lambda world, user: {
            "projectId": world.ids["project"],
            "datasetId": world.ids["dataset"],
            "format": "CSV",
        },
    ),
    "deleteExport": (EDITOR, of("export")),
    "startImport": (EDITOR, of("import", datasetName="New", mapping=[{"column": "id", "field": "key"}])),
    "deleteImport": (EDITOR, of("import")),
    "undoLabelChange": (EDITOR, lambda world, user: {"actionId": world.labelled_by(user)}),
}

# By name the least role, the arguments, and what to ask for (tests/borders/test_subscriptions.py).
SUBSCRIPTIONS = {"projectChanged": (VIEWER, "projectId: $project, after: 0", "seq changes { targetId } jobs { title }")}
WEBSOCKETS = {"graphql"}


@dataclass(frozen=True)
class Address:
    """One method of one route, and how to knock there."""

    route: str
    method: str
    least: int
    path: Callable[[World, User], str]
    body: Callable[[World], bytes] = lambda world: b""
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    opened: int = 200


def at(path: str) -> Callable[[World, User], str]:
    return lambda world, user: path.format_map(world.ids)


def at_upload(path: str) -> Callable[[World, User], str]:
    """An upload is its maker's own; a stranger knocks at the owner's."""
    return lambda world, user: path.format(upload=world.upload_of(world.member_or_owner(user)))


def json_of(**values: Any) -> Callable[[World], bytes]:
    return lambda world: json.dumps(values).encode()


def arrow_of(columns: dict[str, Any]) -> Callable[[World], bytes]:
    return lambda world: stream_of(table_of(columns))


FILE = {"sha256": [sha256(b"x")], "name": ["x"], "content": [b"x"]}
POSITIONS = {name: pa.array([0.0] * 5, type=pa.float32()) for name in "xy"}

COLUMNS = (
    "key", "label", "resource", "inference:{inferenceSet}", "confidence:{inferenceSet}", "metadata:{metadataField}",
    "tag:{tag}", "role", "parent", "region", "source", "score:{scoreSet}",
)  # fmt: skip
PROJECT, DATASET, UPLOAD = "/bulk/v1/projects/{project}", "/bulk/v1/datasets/{dataset}", "/bulk/v1/uploads/{upload}"
SECRET = "auth/link/<str:secret>"
MAP = "bulk/v1/projection-sets/<uuid:id>"

ADDRESSES = [
    Address("graphql", "POST", ANYBODY, at("/graphql"), json_of(query="{ me { id } }")),
    Address("graphql", "GET", ANYBODY, at("/graphql"), opened=405),
    Address("auth/login", "POST", ANYBODY, at("/auth/login"), json_of(username="alice", password="wrong"), opened=401),
    Address("auth/logout", "POST", ANYBODY, at("/auth/logout"), opened=204),
    Address(SECRET, "GET", ANYBODY, at("/auth/link/unknown"), opened=404),
    Address(SECRET, "POST", ANYBODY, at("/auth/link/unknown"), json_of(password="x"), opened=404),
    Address("bulk/v1/projects/<str:id>/files", "POST", EDITOR, at(f"{PROJECT}/files"), arrow_of(FILE)),
    Address(
        "bulk/v1/projects/<str:id>/files/missing", "POST", EDITOR, at(f"{PROJECT}/files/missing"), json_of(sha256=[])
    ),
    Address(
        "bulk/v1/datasets/<str:id>/uploads",
        "POST",
        EDITOR,
        at(f"{DATASET}/uploads"),
        lambda world: json.dumps(declaration_of(chunk(), 1)).encode(),
        opened=201,
    ),
    Address("bulk/v1/uploads/<str:id>", "GET", VIEWER, at_upload(UPLOAD)),
    Address(
        "bulk/v1/uploads/<str:id>/chunks/<int:number>",
        "PUT",
        EDITOR,
        at_upload(f"{UPLOAD}/chunks/0"),
        lambda world: chunk(),
        headers={"X-Chroma-Sha256": sha256(chunk())},
    ),
    # The chunk is missing: the door is open, and says so.
    Address("bulk/v1/uploads/<str:id>/commit", "POST", EDITOR, at_upload(f"{UPLOAD}/commit"), opened=409),
    *[
        Address("bulk/v1/datasets/<str:id>/columns/<str:name>", "GET", VIEWER, at(f"{DATASET}/columns/{name}"))
        for name in COLUMNS
    ],
    Address(
        "bulk/v1/embedding-sets/<str:id>/vectors", "GET", VIEWER, at("/bulk/v1/embedding-sets/{embeddingSet}/vectors")
    ),
    Address(
        "bulk/v1/embedding-sets/<str:id>/neighbors",
        "GET",
        VIEWER,
        at("/bulk/v1/embedding-sets/{embeddingSet}/neighbors"),
    ),
    Address(
        "bulk/v1/projects/<uuid:project_id>/projection-sets",
        "POST",
        EDITOR,
        at(f"{PROJECT}/projection-sets?source={{embeddingSet}}"),
        arrow_of(POSITIONS),
        opened=201,
    ),
    *[
        Address(f"{MAP}/{name}", "GET", VIEWER, at(f"/bulk/v1/projection-sets/{{projectionSet}}/{name}"))
        for name in ("positions", "members", "keys")
    ],
    Address(
        f"{MAP}/growth", "GET", VIEWER, lambda world, user: f"/bulk/v1/projection-sets/{world.growing_map()}/growth"
    ),
    Address(f"{MAP}/columns/<str:name>", "GET", VIEWER, at("/bulk/v1/projection-sets/{projectionSet}/columns/z")),
    Address(
        "bulk/v1/projects/<uuid:id>/selections",
        "POST",
        VIEWER,
        at(f"{PROJECT}/selections"),
        lambda world: json.dumps({"keys": {world.ids["dataset"]: ["k0"]}}).encode(),
        opened=201,
    ),
    Address(
        "bulk/v1/selections/<uuid:id>/rows",
        "GET",
        VIEWER,
        lambda world, user: f"/bulk/v1/selections/{world.selection_of(world.owner)}/rows",
    ),
    *[
        Address(f"bulk/v1/slices/<uuid:id>/{name}", "GET", VIEWER, at(f"/bulk/v1/slices/{{slice}}/{name}"))
        for name in ("rows", "keys")
    ],
    Address("bulk/v1/exports/<uuid:id>/content", "GET", VIEWER, at("/bulk/v1/exports/{export}/content")),
    Address(
        "bulk/v1/projects/<uuid:id>/imports",
        "POST",
        EDITOR,
        at(f"{PROJECT}/imports"),
        json_of(key="b", file_name="b.csv", byte_count=1, chunk_bytes=1),
        opened=201,
    ),
    # The upload is complete: the door is open, and says so.
    Address(
        "bulk/v1/imports/<uuid:id>/chunks/<int:number>",
        "PUT",
        EDITOR,
        at("/bulk/v1/imports/{import}/chunks/0"),
        lambda world: b"x",
        headers={"X-Chroma-Sha256": sha256(b"x")},
        opened=409,
    ),
    Address("bulk/v1/imports/<uuid:id>/complete", "POST", EDITOR, at("/bulk/v1/imports/{import}/complete")),
    Address("resources/<int:id>", "GET", VIEWER, at("/resources/{resource}")),
    Address("resources/<int:id>/thumbnail", "GET", VIEWER, at("/resources/{resource}/thumbnail")),
    Address("healthz", "GET", ANYBODY, at("/healthz")),
    Address("healthz/web", "GET", ANYBODY, at("/healthz/web")),
]
# The front end's page, the same for everybody (tests/site/test_pages.py).
SHELL = "^(?!(?:static|graphql|bulk|resources|auth|admin|healthz)(?:/|$)).*$"
