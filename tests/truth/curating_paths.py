"""Curating and administrating: tags, labels, slices, names, members, tokens, deletions."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from apps.curation.garbage import collect_garbage
from apps.curation.models import Selection
from apps.datasets.models import Dataset, Upload
from apps.jobs.models import Lane
from apps.projects.models import Membership, Role
from tests.cast import PASSWORD, make_member, make_user
from tests.truth.scene import Failed, Scene
from tests.truth.write_paths import done, path

SELECTIONS = {"Selection", "SelectionRows"}
NEW_PASSWORD = "an entirely other sentence"


def three(scene: Scene) -> str:
    return scene.select([0, 1, 2])


@path("select", repeats=SELECTIONS)
def select(scene, _):
    three(scene)


@path("tag a selection", prepare=three, repeats=SELECTIONS)
def tag(scene, selection):
    assert not done(scene.change("tagSelection", selectionId=selection, name="odd"))


@path("untag a selection", prepare=three, repeats=SELECTIONS)
def untag(scene, selection):
    assert not done(scene.change("untagSelection", selectionId=selection, name="check"))


@path("label a selection", prepare=three)
def label(scene, selection):
    assert not done(scene.change("setLabel", selectionId=selection, categoryName="brand new", why="seen"))


def labelled(scene: Scene) -> str:
    return scene.change("setLabel", "actionId", selectionId=three(scene), categoryName="other")["actionId"]


@path("undo labels", prepare=labelled, settled={"CONFLICT"})
def undo_labels(scene, action):
    return scene.change("undoLabelChange", actionId=action)


@path("make a slice", prepare=three, settled={"CONFLICT"})
def make_slice(scene, selection):
    return scene.change("createSlice", projectId=str(scene.project.pk), name="kept", selectionId=selection)


@path("freeze a slice", settled={"CONFLICT"})
def freeze_slice(scene, _):
    return scene.change("freezeSlice", id=scene.world.ids["slice"])


@path("rename a tag", settled={"CONFLICT"})
def rename_tag(scene, _):
    return scene.change("renameTag", id=scene.world.ids["tag"], name="other", expectedVersion=1)


@path("rename the project", settled={"CONFLICT"})
def rename_project(scene, _):
    return scene.change("renameProject", id=str(scene.project.pk), name="Other", expectedVersion=1)


@path("comment", repeats={"Comment", "AuditEntry", "Change"})
def comment(scene, _):
    return scene.change("addComment", datapointId=f"{scene.dataset.pk}:0", text="hm")


def emil(scene: Scene) -> str:
    return str(make_member(scene.project, make_user("emil"), Role.VIEWER).pk)


@path("invite a member", prepare=lambda scene: make_user("emil"), settled={"CONFLICT"})
def invite(scene, _):
    return scene.change("inviteMember", projectId=str(scene.project.pk), username="emil", role="VIEWER")


@path("change a role", prepare=emil)
def change_role(scene, membership):
    assert not done(scene.change("changeRole", membershipId=membership, role="EDITOR"))
    assert Membership.objects.get(pk=membership).role == Role.EDITOR


@path("remove a member", prepare=emil, settled={"NOT_FOUND"})
def remove_member(scene, membership):
    return scene.change("removeMember", kind="Membership", membershipId=membership)


@path("make a token", repeats={"ApiToken", "AuditEntry"})
def make_token(scene, _):
    assert not done(scene.change("createApiToken", name="mine", scope="WRITE"))


@path("change the password", settled={"BAD_USER_INPUT"})
def change_password(scene, _):
    answer = scene.change("changePassword", currentPassword=PASSWORD, newPassword=NEW_PASSWORD)
    scene.user.refresh_from_db()
    assert scene.user.check_password(NEW_PASSWORD)
    return answer


@path("delete a category", settled={"NOT_FOUND"})
def delete_category(scene, _):
    return scene.change("deleteCategory", id=scene.world.ids["category"])


def deletion_of_points(scene: Scene, selection: str):
    return scene.change("deleteDatapoints", selectionId=selection, confirmCount=3)


@path("ask to delete datapoints", prepare=three, repeats={"Job", "Change", "AuditEntry"})
def ask_to_delete_points(scene, selection):
    assert not done(deletion_of_points(scene, selection))


@path("delete datapoints", prepare=lambda scene: deletion_of_points(scene, three(scene)), is_job=True, has_steps=True)
def delete_points(scene, _):
    scene.work(Lane.LIGHT)


def deletion_of_dataset(scene: Scene, _=None):
    return scene.change("deleteDataset", id=str(scene.dataset.pk), confirmName="train")


@path("ask to delete a dataset", settled={"NOT_FOUND"})
def ask_to_delete_dataset(scene, _):
    return deletion_of_dataset(scene)


@path("delete a dataset", prepare=deletion_of_dataset, is_job=True, has_steps=True)
def delete_dataset(scene, _):
    scene.work(Lane.LIGHT)
    assert not Dataset.objects.exists()


def rubbish(scene: Scene) -> None:
    """What expired two days ago, and a file that nobody names."""
    scene.world.upload_of(scene.user)
    long_ago = timezone.now() - timedelta(days=2)
    Upload.objects.update(expires_at=long_ago)
    Selection.objects.update(expires_at=long_ago)


@path("collect garbage", prepare=rubbish, has_steps=True)
def collect(scene, _):
    try:
        collect_garbage()
    except Exception as problem:
        raise Failed from problem
    assert not Upload.objects.exists()
