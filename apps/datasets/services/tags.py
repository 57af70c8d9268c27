from __future__ import annotations

from django.db import transaction

from apps.accounts.actor import Actor
from apps.common.conflicts import get_or_make, refuse_duplicate
from apps.common.names import clean_name
from apps.datasets.models import Tag
from apps.projects import access
from apps.projects.editing import lock_for_edit
from apps.projects.journal import record_audit, record_change
from apps.projects.models import Project, Role


@transaction.atomic
def create_tag(*, actor: Actor, project: Project, name: str) -> Tag:
    name = clean_name(name, what="A tag's name")
    with refuse_duplicate(f"A tag named {name!r} exists in this project."):
        tag = Tag.objects.create(project=project, name=name)
    record_audit(actor=actor, project=project, action="created", target=tag)
    record_change(project, kind="created", target=tag)
    return tag


@transaction.atomic
def get_or_create_tag(*, actor: Actor, project: Project, name: str) -> tuple[Tag, bool]:
    """Return the tag of this name and whether it was made now. Making one needs the role editor."""

    def make() -> Tag:
        access.require_role(actor, project, Role.EDITOR)
        return create_tag(actor=actor, project=project, name=name)

    return get_or_make(Tag.objects.filter(project=project, name=clean_name(name, what="A tag's name")).first, make)


@transaction.atomic
def rename_tag(*, actor: Actor, tag: Tag, name: str, expected_version: int | None = None) -> Tag:
    tag = lock_for_edit(tag, expected_version=expected_version)
    before, tag.name = tag.name, clean_name(name, what="A tag's name")
    with refuse_duplicate(f"A tag named {tag.name!r} exists in this project."):
        tag.save(update_fields=["name", "edit_version"])
    record_audit(
        actor=actor,
        project=tag.project,
        action="renamed",
        target=tag,
        before={"name": before},
        after={"name": tag.name},
    )
    record_change(tag.project, kind="renamed", target=tag)
    return tag


@transaction.atomic
def delete_tag(*, actor: Actor, tag: Tag) -> None:
    # Before the project is locked: whoever puts the tag on datapoints locks it first too.
    if not Tag.objects.select_for_update().filter(pk=tag.pk).exists():
        raise access.not_found(Tag)
    counts = tag.memberships.values_list("datapoint_count", flat=True)
    record_audit(
        actor=actor, project=tag.project, action="deleted", target=tag, before={"name": tag.name, "count": sum(counts)}
    )
    record_change(tag.project, kind="deleted", target=tag)
    tag.delete()
