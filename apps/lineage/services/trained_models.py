from __future__ import annotations

from typing import TypedDict

from django.db import transaction

from apps.accounts.actor import Actor
from apps.common.conflicts import get_or_make, refuse_duplicate
from apps.common.errors import NotFound
from apps.common.names import clean_name
from apps.datasets.models import Dataset, Slice
from apps.lineage.found_objects import delete_found_objects
from apps.lineage.models import ModelArchitecture, TrainedModel
from apps.projects import access
from apps.projects.cascades import delete_whole
from apps.projects.editing import lock_for_edit
from apps.projects.journal import record_audit, record_change
from apps.projects.models import Role


class TrainedOn(TypedDict, total=False):
    """What a model was trained on; None for unknown, and what is left out stays."""

    trained_on_dataset: Dataset | None
    trained_on_slice: Slice | None


@transaction.atomic
def create_trained_model(
    *,
    actor: Actor,
    architecture: ModelArchitecture,
    version: str,
    trained_on_dataset: Dataset | None = None,
    trained_on_slice: Slice | None = None,
) -> TrainedModel:
    version = clean_name(version, what="A model's version", field="version")
    _require_same_project(architecture, trained_on_dataset, trained_on_slice)
    with refuse_duplicate(f"{architecture.name} has a version {version!r}.", field="version"):
        trained_model = TrainedModel.objects.create(
            model_architecture=architecture,
            version=version,
            trained_on_dataset=trained_on_dataset,
            trained_on_slice=trained_on_slice,
        )
    record_audit(actor=actor, project=architecture.project, action="created", target=trained_model)
    record_change(architecture.project, kind="created", target=trained_model)
    return trained_model


@transaction.atomic
def get_or_create_trained_model_of(
    *, actor: Actor, architecture: ModelArchitecture, version: str
) -> tuple[TrainedModel, bool]:
    """Return the trained model of this version and whether it was made now. Making one needs the role editor."""
    version = clean_name(version, what="A model's version", field="version")

    def make() -> TrainedModel:
        access.require_role(actor, architecture.project, Role.EDITOR)
        return create_trained_model(actor=actor, architecture=architecture, version=version)

    existing = TrainedModel.objects.filter(model_architecture=architecture, version=version)
    return get_or_make(existing.first, make)


@transaction.atomic
def rename_trained_model(
    *, actor: Actor, trained_model: TrainedModel, version: str, expected_version: int | None = None
) -> TrainedModel:
    trained_model = lock_for_edit(trained_model, expected_version=expected_version, field="version")
    before, trained_model.version = (
        trained_model.version,
        clean_name(version, what="A model's version", field="version"),
    )
    with refuse_duplicate(
        f"{trained_model.model_architecture.name} has a version {trained_model.version!r}.", field="version"
    ):
        trained_model.save(update_fields=["version", "edit_version"])
    _record(actor, trained_model, "renamed", {"version": before}, {"version": trained_model.version})
    return trained_model


@transaction.atomic
def update_trained_model(
    *,
    actor: Actor,
    trained_model: TrainedModel,
    trained_on: TrainedOn,
    expected_version: int | None = None,
) -> TrainedModel:
    """Say on which dataset and which slice it was trained."""
    _require_same_project(
        trained_model.model_architecture, trained_on.get("trained_on_dataset"), trained_on.get("trained_on_slice")
    )
    trained_model = lock_for_edit(trained_model, expected_version=expected_version, field="version")
    before = _trained_on(trained_model)
    for field, value in trained_on.items():
        setattr(trained_model, field, value)
    trained_model.save(update_fields=[*trained_on, "edit_version"])
    _record(actor, trained_model, "updated", before, _trained_on(trained_model))
    return trained_model


@transaction.atomic
def delete_trained_model(*, actor: Actor, trained_model: TrainedModel) -> None:
    """Delete the version with its inferences and embeddings, the maps made from these, and the objects it found."""
    project = access.project_of(trained_model)
    delete_found_objects(actor=actor, project=project, trained_models=[trained_model])
    record_audit(actor=actor, project=project, action="deleted", target=trained_model)
    delete_whole(trained_model)


def _require_same_project(architecture: ModelArchitecture, dataset: Dataset | None, slice: Slice | None) -> None:
    if dataset is not None and dataset.project_id != architecture.project_id:
        raise NotFound("No such dataset in the model's project.", field="trainedOnDatasetId")
    if slice is not None and slice.project_id != architecture.project_id:
        raise NotFound("No such slice in the model's project.", field="trainedOnSliceId")


def _trained_on(trained_model: TrainedModel) -> dict[str, str | None]:
    dataset, saved = trained_model.trained_on_dataset, trained_model.trained_on_slice
    return {
        "trained_on_dataset": dataset.name if dataset else None,
        "trained_on_slice": saved.name if saved else None,
    }


def _record(
    actor: Actor, trained_model: TrainedModel, action: str, before: dict[str, str | None], after: dict[str, str | None]
) -> None:
    project = access.project_of(trained_model)
    record_audit(actor=actor, project=project, action=action, target=trained_model, before=before, after=after)
    record_change(project, kind=action, target=trained_model)
