from __future__ import annotations

from typing import Any

import strawberry
from strawberry import ID, Info

from apps.accounts.actor import Actor
from apps.analysis import models, services
from apps.analysis.graphql.types import Analysis, MatchMethod
from apps.analysis.services.class_quality import MOST_TARGETS, TARGETS
from apps.common.errors import LimitExceeded
from apps.common.graphql.context import actor_of
from apps.common.graphql.edits import EditInput
from apps.common.graphql.mutations import DeletedPayload, Payload, mutation
from apps.datasets.models import Dataset
from apps.embeddings.models import EmbeddingSet
from apps.lineage.models import TrainedModel
from apps.projects import access
from apps.projects.models import Role


@strawberry.input
class RunClassQualityInput:
    reference_embedding_set_id: ID = strawberry.field(description="Its labelled datapoints say what the classes are.")
    target_embedding_set_ids: list[ID] = strawberry.field(description="What gets scores; the reference may be among.")
    name: str | None = strawberry.field(default=None, description="Made up where it is not given.")


@strawberry.input
class MatchObjectsInput:
    dataset_id: ID
    trained_model_id: ID
    iou_threshold: float = 0.5
    is_class_aware: bool = strawberry.field(
        default=False, description="Whether only boxes of one category match each other."
    )
    method: MatchMethod = MatchMethod.HUNGARIAN
    name: str | None = strawberry.field(default=None, description="Made up where it is not given.")


@strawberry.input
class RenameAnalysisInput(EditInput):
    name: str


@strawberry.input
class DeleteAnalysisInput:
    id: ID


@strawberry.type
class AnalysisPayload(Payload):
    analysis: Analysis | None = None


@strawberry.type
class AnalysisMutation:
    @mutation(AnalysisPayload)
    def run_class_quality(self, info: Info[Any, Any], input: RunClassQualityInput) -> AnalysisPayload:
        actor = actor_of(info)
        if len(input.target_embedding_set_ids) > MOST_TARGETS:
            raise LimitExceeded(f"At most {MOST_TARGETS} embedding sets are scored at once.", field=TARGETS)
        analysis = services.run_class_quality(
            actor=actor,
            reference=_embedding_set(actor, input.reference_embedding_set_id),
            targets=[_embedding_set(actor, each) for each in input.target_embedding_set_ids],
            name=input.name,
        )
        return AnalysisPayload(analysis=analysis)

    @mutation(AnalysisPayload)
    def match_objects(self, info: Info[Any, Any], input: MatchObjectsInput) -> AnalysisPayload:
        actor = actor_of(info)
        analysis = services.match_objects(
            actor=actor,
            dataset=access.get(actor, Dataset, input.dataset_id, at_least=Role.EDITOR),
            trained_model=access.get(actor, TrainedModel, input.trained_model_id, at_least=Role.EDITOR),
            iou_threshold=input.iou_threshold,
            is_class_aware=input.is_class_aware,
            method=input.method,
            name=input.name,
        )
        return AnalysisPayload(analysis=analysis)

    @mutation(AnalysisPayload)
    def rename_analysis(self, info: Info[Any, Any], input: RenameAnalysisInput) -> AnalysisPayload:
        actor = actor_of(info)
        analysis = access.get(actor, models.Analysis, input.id, at_least=Role.EDITOR)
        renamed = services.rename_analysis(
            actor=actor, analysis=analysis, name=input.name, expected_version=input.expected_version
        )
        return AnalysisPayload(analysis=renamed)

    @mutation(DeletedPayload)
    def delete_analysis(self, info: Info[Any, Any], input: DeleteAnalysisInput) -> DeletedPayload:
        actor = actor_of(info)
        analysis = access.get(actor, models.Analysis, input.id, at_least=Role.EDITOR)
        services.delete_analysis(actor=actor, analysis=analysis)
        return DeletedPayload(deleted_id=input.id)


def _embedding_set(actor: Actor, id: ID) -> EmbeddingSet:
    related = ("dataset__project", "layer__layer_set__trained_model__model_architecture", "vectors")
    return access.get(actor, EmbeddingSet, id, at_least=Role.EDITOR, rows=EmbeddingSet.objects.select_related(*related))
