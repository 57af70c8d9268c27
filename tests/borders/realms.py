"""Three worlds with one of everything: Alice's own, one that she never was in, and one of hers that she deleted."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from django.test import Client

from apps.accounts.actor import Actor
from apps.accounts.models import ApiToken, User
from apps.accounts.tokens import digest_of
from apps.analysis.models import AnalysisSource
from apps.curation.services.slices import freeze_slice
from apps.datasets.models import ColumnKind, Resource, ResourceKind, Slice
from apps.lineage.models import TrainedModel
from apps.projects.models import Role
from apps.projects.services.projects import create_project, delete_project
from tests.cast import make_client, make_member, make_token, make_user
from tests.data import make_metadata, make_objects
from tests.world import World, make_world


@dataclass
class Realms:
    own: World
    other: World
    gone: World
    alice: User
    bob: User
    charlie: User
    clients: dict[str, Client]


def make_realms() -> Realms:
    alice, bob, vera = make_user("alice"), make_user("bob"), make_user("vera")
    charlie, frida = make_user("charlie"), make_user("frida")
    sam = make_user("sam", is_staff=True, is_superuser=True)
    own = settle(alice, "MNIST")
    make_member(own.project, bob, Role.EDITOR)
    make_member(own.project, vera, Role.VIEWER)
    other = settle(charlie, "Elsewhere")
    # Bob works in both; the token below, limited to one of them, does not.
    make_member(other.project, bob, Role.EDITOR)
    gone = settle(alice, "Gone")
    delete_project(actor=Actor(user=alice), project=gone.project, confirm_name="Gone")
    callers = {
        "owner of another project": alice,
        "editor of another project": make_token(bob, project=own.project),
        "viewer of another project": vera,
        "member of nothing": frida,
        "staff": sam,
        "charlie": charlie,
        "bob": bob,
    }
    clients = {who: make_client(caller) for who, caller in callers.items()}
    return Realms(own, other, gone, alice, bob, charlie, clients)


OUTSIDERS = (
    "owner of another project",
    "editor of another project",
    "viewer of another project",
    "member of nothing",
    "staff",
)


def settle(owner: User, name: str) -> World:
    """A world with what the shared one leaves out, and the ids of what has no page of its own."""
    world = make_world(owner, create_project(actor=Actor(user=owner), name=name))
    furnish(world)
    invited = make_user(f"invited-to-{name.lower()}")
    membership = make_member(world.project, invited, Role.VIEWER)
    world.ids |= {
        "action": world.labelled_by(owner),
        "selection": world.selection_of(owner),
        "upload": world.upload_of(owner),
        "growingMap": world.growing_map(),
        "otherMembership": str(membership.pk),
        # Of the project: the token ends with it.
        "apiToken": str(ApiToken.objects.get(digest=digest_of(make_token(owner, project=world.project))).pk),
    }
    return SettledWorld(world.owner, world.project, world.dataset, world.ids)


def furnish(world: World) -> None:
    """Objects, texts, addresses, a frozen slice, links between things: whatever leads from one noun to another."""
    project, dataset, owner = world.project, world.dataset, world.owner
    text = Resource.objects.create(project=project, kind=ResourceKind.TEXT, text="A text", size=6, sha256="1")
    uri = Resource.objects.create(
        project=project, kind=ResourceKind.URI, text="https://example.org/", size=0, sha256="2"
    )
    for row, resource in ((3, text), (4, uri)):
        dataset.datapoints.filter(row=row).update(resource=resource)
    make_metadata(dataset, "remark", ColumnKind.TEXT, [f"remark {project.name} {row}" for row in range(5)])
    trained_model = TrainedModel.objects.get(pk=world.ids["trainedModel"])
    make_objects(dataset, [(0, (0.1, 0.1, 0.5, 0.5))], trained_model=trained_model)
    frozen = Slice.objects.create(project=project, name="Frozen", created_by=owner, rule={"filters": []})
    freeze_slice(actor=Actor(user=owner), slice=frozen)
    trained_model.trained_on_dataset, trained_model.trained_on_slice = dataset, frozen
    trained_model.save()
    AnalysisSource.objects.filter(analysis=world.ids["analysis"]).update(dataset=dataset)


class SettledWorld(World):
    """Whose owner's selection, upload and growing map are there already."""

    def selection_of(self, user: User) -> str:
        return self.ids["selection"]

    def upload_of(self, user: User) -> str:
        return self.ids["upload"]

    def growing_map(self) -> str:
        return self.ids["growingMap"]


def random_world(like: World) -> World:
    """The ids of nothing at all, in the form of those of another world."""
    ids = {noun: random_like(id) for noun, id in like.ids.items()}
    return SettledWorld(like.owner, like.project, like.dataset, ids)


def random_like(id: str) -> str:
    if ":" in id:
        return f"{uuid4()}:0"
    return "99999999" if id.isdecimal() else str(uuid4())
