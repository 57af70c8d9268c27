"""The world of the catalogue: alice/MNIST, which Charlie may not see, and Charlie's own, which nobody else may."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from apps.accounts.actor import Actor
from apps.accounts.models import User
from apps.datasets.models import ResourceRootGrant
from apps.projects.models import Membership, Project
from apps.projects.services.projects import create_project
from tests.cast import make_client
from tests.data import make_dataset
from tests.world import World, make_world


@dataclass
class CatalogueWorld(World):
    """`names` are what cases may write with a dollar; `other_project` is Charlie's."""

    names: dict[str, str]
    other_project: Project
    # Session keys by username: everybody is signed in once for all cases.
    sessions: dict[str, str]


def fill(world: World, charlie: User) -> CatalogueWorld:
    elsewhere = create_project(actor=Actor(user=charlie), name="Elsewhere")
    foreign = make_world(charlie, elsewhere)
    bob = Membership.objects.get(user__username="bob", project=world.project)
    names = {
        **world.ids,
        **{f"foreign_{name}": value for name, value in foreign.ids.items()},
        "bobsMembership": str(bob.pk),
        "emptyDataset": str(make_dataset(world.project, "empty").pk),
        "nobodysId": str(uuid4()),
        "digest": "0" * 64,
    }
    ResourceRootGrant.objects.create(project=world.project, root="photos", granted_by=world.owner)
    sessions = {user.username: make_client(user).cookies["sessionid"].value for user in User.objects.all()}
    return CatalogueWorld(**vars(world), names=names, other_project=elsewhere, sessions=sessions)
