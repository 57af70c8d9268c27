from __future__ import annotations

from django.db import transaction

from apps.accounts.actor import Actor
from apps.common.conflicts import get_or_make, refuse_duplicate
from apps.common.names import clean_name
from apps.lineage.found_objects import delete_found_objects
from apps.lineage.models import ModelArchitecture
from apps.projects import access
from apps.projects.cascades import delete_whole
from apps.projects.editing import lock_for_edit
from apps.projects.journal import record_audit, record_change
from apps.projects.models import Project, Role


@transaction.atomic
def create_model_architecture(*, actor: Actor, project: Project, name: str) -> ModelArchitecture:
    name = clean_name(name, what="A model's name")
    with refuse_duplicate(f"A model named {name!r} exists in this project."):
        architecture = ModelArchitecture.objects.create(project=project, name=name)
    record_audit(actor=actor, project=project, action="created", target=architecture)
    record_change(project, kind="created", target=architecture)
    return architecture


@transaction.atomic
def get_or_create_model_architecture(*, actor: Actor, project: Project, name: str) -> tuple[ModelArchitecture, bool]:
    """Return the model of this name and whether it was made now. Making one needs the role editor."""
    name = clean_name(name, what="A model's name")

    def make() -> ModelArchitecture:
        access.require_role(actor, project, Role.EDITOR)
        return create_model_architecture(actor=actor, project=project, name=name)

    return get_or_make(ModelArchitecture.objects.filter(project=project, name=name).first, make)


@transaction.atomic
def rename_model_architecture(
    *, actor: Actor, architecture: ModelArchitecture, name: str, expected_version: int | None = None
) -> ModelArchitecture:
    architecture = lock_for_edit(architecture, expected_version=expected_version)
    before, architecture.name = architecture.name, clean_name(name, what="A model's name")
    with refuse_duplicate(f"A model named {architecture.name!r} exists in this project."):
        architecture.save(update_fields=["name", "edit_version"])
    record_audit(
        actor=actor,
        project=architecture.project,
        action="renamed",
        target=architecture,
        before={"name": before},
        after={"name": architecture.name},
    )
    record_change(architecture.project, kind="renamed", target=architecture)
    return architecture


@transaction.atomic
def delete_model_architecture(*, actor: Actor, architecture: ModelArchitecture) -> None:
    """Delete the model with its trained versions, their inferences, embeddings, maps and the objects they found."""
    found_by = architecture.trained_models.select_related("model_architecture")
    delete_found_objects(actor=actor, project=architecture.project, trained_models=found_by)
    record_audit(actor=actor, project=architecture.project, action="deleted", target=architecture)
    delete_whole(architecture)
