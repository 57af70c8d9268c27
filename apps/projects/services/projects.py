"""Making, naming, describing and deleting projects."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from apps.accounts.actor import Actor
from apps.accounts.models import ApiToken
from apps.common.conflicts import get_or_make, refuse_duplicate
from apps.common.errors import BadUserInput, Forbidden, NotFound
from apps.common.names import clean_name, is_keepable
from apps.projects import access
from apps.projects.clearing import start_clearing
from apps.projects.editing import lock_for_edit
from apps.projects.journal import record_audit, record_change
from apps.projects.models import Membership, Project, Role

LONGEST_DESCRIPTION = 500


@dataclass(frozen=True)
class FoundProject:
    project: Project
    created: bool


@transaction.atomic
def create_project(*, actor: Actor, name: str, description: str = "") -> Project:
    """Make a project in the actor's namespace; the actor owns it."""
    actor.require_write()
    if actor.only_project_id is not None:
        raise Forbidden("This token is limited to one project; it makes no other.")
    project = Project(
        namespace=actor.user.username,
        name=_clean_project_name(name),
        description=_clean_description(description),
        created_by=actor.user,
    )
    _save_named(project, force_insert=True)
    Membership.objects.create(
        project=project, user=actor.user, role=Role.OWNER, invited_by=actor.user, accepted_at=timezone.now()
    )
    record_audit(actor=actor, project=project, action="created", target=project)
    record_change(project, kind="created", target=project)
    return project


def get_or_create_project(*, actor: Actor, name: str) -> FoundProject:
    """The project of this name: `name` in the actor's namespace, or exactly `namespace/name`.

    Only a project in the actor's own namespace is made where it is missing.
    """
    namespace, bare = _split(name, actor)

    def make() -> Project:
        if namespace != actor.user.username:
            raise access.not_found(Project)
        if "/" not in name:
            _refuse_if_ambiguous(actor, bare)
        return create_project(actor=actor, name=bare)

    return FoundProject(*get_or_make(lambda: _visible(actor, namespace, bare), make))


def find_project(*, actor: Actor, namespace: str, name: str) -> Project:
    """The project with exactly this name. Raises NotFound."""
    found = _visible(actor, namespace, name)
    if found is None:
        raise access.not_found(Project)
    return found


@transaction.atomic
def rename_project(*, actor: Actor, project: Project, name: str, expected_version: int | None = None) -> Project:
    if actor.user.username != project.namespace and not actor.as_staff:
        # Anybody else could find out by trying which other names are taken in this namespace.
        raise Forbidden(f"The name is part of {project.namespace}'s namespace; only {project.namespace} can change it.")
    project = lock_for_edit(project, expected_version=expected_version)
    before = project.name
    project.name = _clean_project_name(name)
    _save_named(project, update_fields=["name", "edit_version"])
    record_audit(
        actor=actor,
        project=project,
        action="renamed",
        target=project,
        before={"name": before},
        after={"name": project.name},
    )
    record_change(project, kind="renamed", target=project)
    return project


@transaction.atomic
def update_project(*, actor: Actor, project: Project, description: str, expected_version: int | None = None) -> Project:
    """Describe the project anew."""
    project = lock_for_edit(project, expected_version=expected_version, field="description")
    before = project.description
    project.description = _clean_description(description)
    project.save(update_fields=["description", "edit_version"])
    record_audit(
        actor=actor,
        project=project,
        action="updated",
        target=project,
        before={"description": before},
        after={"description": project.description},
    )
    record_change(project, kind="updated", target=project)
    return project


@transaction.atomic
def delete_project(*, actor: Actor, project: Project, confirm_name: str) -> None:
    """Hide the project at once, end the tokens limited to it, and clear it away in the background."""
    if confirm_name not in {project.name, str(project)}:
        raise BadUserInput(f"Type the project's name, {project.name}, to delete it.", field="confirmName")
    record_audit(actor=actor, project=project, action="deleted", target=project, before={"name": str(project)})
    record_change(project, kind="deleted", target=project)
    ApiToken.objects.filter(project_id=project.pk).delete()
    # Its name is free again at once; the new one starts with a blank, as no name that people give does.
    project.name, project.deleted_at = f" deleted {project.pk}", timezone.now()
    project.save(update_fields=["name", "deleted_at"])
    start_clearing(actor, project)


def _visible(actor: Actor, namespace: str, name: str) -> Project | None:
    if not is_keepable(namespace + name):
        return None
    return access.visible(actor, Project.objects.filter(namespace=namespace, name=name)).first()


def _split(name: str, actor: Actor) -> tuple[str, str]:
    namespace, slash, bare = name.partition("/")
    if not slash:
        return actor.user.username, _clean_project_name(name)
    return namespace.strip(), _clean_project_name(bare)


def _refuse_if_ambiguous(actor: Actor, bare: str) -> None:
    """A bare name never leads into somebody else's project, nor silently past it."""
    others = Project.objects.filter(name=bare).exclude(namespace=actor.user.username)
    other = access.visible(actor, others).first()
    if other is not None:
        mine = f"{actor.user.username}/{bare}"
        raise NotFound(
            f"You have no project {mine}. Did you mean {other}? Give the full name of the one you want.", field="name"
        )


def _clean_project_name(name: str) -> str:
    cleaned = clean_name(name, what="The project's name")
    if "/" in cleaned:
        raise BadUserInput("The project's name must not hold a /; the part before it is your username.", field="name")
    return cleaned


def _clean_description(description: str) -> str:
    cleaned = description.strip()
    if not is_keepable(cleaned):
        raise BadUserInput("The description cannot hold the character U+0000; leave it out.", field="description")
    if len(cleaned) > LONGEST_DESCRIPTION:
        raise BadUserInput(
            f"The description may have {LONGEST_DESCRIPTION} characters, not {len(cleaned)}.", field="description"
        )
    return cleaned


def _save_named(project: Project, *, force_insert: bool = False, update_fields: list[str] | None = None) -> None:
    with refuse_duplicate(f"There is a project {project} already."):
        project.save(force_insert=force_insert, update_fields=update_fields)
