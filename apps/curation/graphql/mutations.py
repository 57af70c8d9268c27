from __future__ import annotations

from typing import Any

import strawberry
from strawberry import ID, Info

from apps.common.graphql.context import actor_of
from apps.common.graphql.mutations import Payload, mutation
from apps.curation import models, services
from apps.curation.actions import get_action
from apps.curation.graphql.exports import ExportMutations
from apps.curation.graphql.imports import ImportMutations
from apps.curation.graphql.slice_mutations import SliceMutations
from apps.datasets.graphql.types import Tag
from apps.jobs.graphql.types import Job
from apps.projects import access
from apps.projects.models import Role


@strawberry.input
class TagSelectionInput:
    selection_id: ID
    name: str = strawberry.field(description="A new name makes a new tag.")


@strawberry.input
class UntagSelectionInput:
    selection_id: ID
    name: str


@strawberry.input
class SetLabelInput:
    selection_id: ID
    category_name: str | None = strawberry.field(
        description="A new name makes a new category; null takes the labels off."
    )
    why: str = ""


@strawberry.input
class UndoLabelChangeInput:
    action_id: ID


@strawberry.input
class DeleteDatapointsInput:
    selection_id: ID
    confirm_count: int = strawberry.field(description="How many datapoints the selection has, typed again.")


@strawberry.type
class TaggingPayload(Payload):
    tag: Tag | None = None
    changed_count: int = 0
    undo_selection_id: ID | None = strawberry.field(
        default=None, description="A selection of exactly the datapoints that changed."
    )


@strawberry.type
class LabellingPayload(Payload):
    """What changed at once. More than 20,000 datapoints are changed by the job."""

    changed_count: int = 0
    action_id: ID | None = None
    job: Job | None = None


@strawberry.type
class DeleteDatapointsPayload(Payload):
    """They go with the objects inside them, in the background."""

    job: Job | None = None


@strawberry.type
class CurationMutation(SliceMutations, ExportMutations, ImportMutations):
    @mutation(TaggingPayload)
    def tag_selection(self, info: Info[Any, Any], input: TagSelectionInput) -> TaggingPayload:
        actor = actor_of(info)
        selection = access.get(actor, models.Selection, input.selection_id, at_least=Role.EDITOR)
        return _tagging(services.tag_selection(actor=actor, selection=selection, name=input.name))

    @mutation(TaggingPayload)
    def untag_selection(self, info: Info[Any, Any], input: UntagSelectionInput) -> TaggingPayload:
        actor = actor_of(info)
        selection = access.get(actor, models.Selection, input.selection_id, at_least=Role.EDITOR)
        return _tagging(services.untag_selection(actor=actor, selection=selection, name=input.name))

    @mutation(LabellingPayload)
    def set_label(self, info: Info[Any, Any], input: SetLabelInput) -> LabellingPayload:
        actor = actor_of(info)
        selection = access.get(actor, models.Selection, input.selection_id, at_least=Role.EDITOR)
        done = services.set_label(actor=actor, selection=selection, category_name=input.category_name, why=input.why)
        return _labelling(done)

    @mutation(LabellingPayload)
    def undo_label_change(self, info: Info[Any, Any], input: UndoLabelChangeInput) -> LabellingPayload:
        actor = actor_of(info)
        action = get_action(actor, input.action_id, at_least=Role.EDITOR)
        return _labelling(services.undo_label_change(actor=actor, action=action))

    @mutation(DeleteDatapointsPayload)
    def delete_datapoints(self, info: Info[Any, Any], input: DeleteDatapointsInput) -> DeleteDatapointsPayload:
        actor = actor_of(info)
        selection = access.get(actor, models.Selection, input.selection_id, at_least=Role.OWNER)
        job = services.delete_datapoints(actor=actor, selection=selection, confirm_count=input.confirm_count)
        return DeleteDatapointsPayload(job=job)


def _tagging(done: services.Tagging) -> TaggingPayload:
    return TaggingPayload(
        tag=done.tag, changed_count=done.changed_count, undo_selection_id=ID(str(done.undo_selection.pk))
    )


def _labelling(done: services.Labelling) -> LabellingPayload:
    return LabellingPayload(
        changed_count=done.changed_count,
        action_id=ID(str(done.action_id)),
        job=done.job,
    )
