from __future__ import annotations

from typing import Any

import strawberry
from strawberry import ID, Info
from strawberry.scalars import JSON

from apps.accounts.actor import Actor
from apps.common.graphql.context import actor_of
from apps.common.graphql.edits import EditInput
from apps.common.graphql.mutations import DeletedPayload, Payload, mutation
from apps.curation.graphql.types import Slice
from apps.curation.models import Selection
from apps.curation.rules import Rule, parse_rule
from apps.curation.services import slices
from apps.datasets import models
from apps.projects import access
from apps.projects.models import Project, Role

RULE = "As in docs/slices.md: {filters: [{field, only | without | range | contains}], lassos, datasets}."


@strawberry.input
class CreateSliceInput:
    """Exactly one of `selectionId`, which is frozen, and `rule`."""

    project_id: ID
    name: str
    description: str = ""
    selection_id: ID | None = None
    rule: JSON | None = strawberry.field(default=None, description=RULE)


@strawberry.input
class UpdateSliceInput(EditInput):
    """What is left out stays; a selection or a rule replaces what the slice holds."""

    description: str | None = None
    selection_id: ID | None = None
    rule: JSON | None = strawberry.field(default=None, description=RULE)


@strawberry.input
class RenameSliceInput(EditInput):
    name: str


@strawberry.input
class FreezeSliceInput(EditInput):
    """The rule is evaluated once more, for the last time."""


@strawberry.input
class DeleteSliceInput:
    id: ID


@strawberry.type
class SlicePayload(Payload):
    slice: Slice | None = None


@strawberry.type
class SliceMutations:
    @mutation(SlicePayload)
    def create_slice(self, info: Info[Any, Any], input: CreateSliceInput) -> SlicePayload:
        actor = actor_of(info)
        project = access.get(actor, Project, input.project_id, at_least=Role.EDITOR)
        made = slices.create_slice(
            actor=actor,
            project=project,
            name=input.name,
            description=input.description,
            selection=_selection(actor, input.selection_id),
            rule=_rule(input.rule),
        )
        return SlicePayload(slice=made)

    @mutation(SlicePayload)
    def update_slice(self, info: Info[Any, Any], input: UpdateSliceInput) -> SlicePayload:
        actor = actor_of(info)
        changed = slices.update_slice(
            actor=actor,
            slice=_editable(actor, input.id),
            description=input.description,
            selection=_selection(actor, input.selection_id),
            rule=_rule(input.rule),
            expected_version=input.expected_version,
        )
        return SlicePayload(slice=changed)

    @mutation(SlicePayload)
    def rename_slice(self, info: Info[Any, Any], input: RenameSliceInput) -> SlicePayload:
        actor = actor_of(info)
        renamed = slices.rename_slice(
            actor=actor, slice=_editable(actor, input.id), name=input.name, expected_version=input.expected_version
        )
        return SlicePayload(slice=renamed)

    @mutation(SlicePayload)
    def freeze_slice(self, info: Info[Any, Any], input: FreezeSliceInput) -> SlicePayload:
        actor = actor_of(info)
        frozen = slices.freeze_slice(
            actor=actor, slice=_editable(actor, input.id), expected_version=input.expected_version
        )
        return SlicePayload(slice=frozen)

    @mutation(DeletedPayload)
    def delete_slice(self, info: Info[Any, Any], input: DeleteSliceInput) -> DeletedPayload:
        actor = actor_of(info)
        slices.delete_slice(actor=actor, slice=_editable(actor, input.id))
        return DeletedPayload(deleted_id=input.id)


def _editable(actor: Actor, id: str) -> models.Slice:
    return access.get(actor, models.Slice, id, at_least=Role.EDITOR)


def _selection(actor: Actor, id: str | None) -> Selection | None:
    return None if id is None else access.get(actor, Selection, id)


def _rule(data: Any) -> Rule | None:
    return None if data is None else parse_rule(data)
