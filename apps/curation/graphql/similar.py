"""The datapoints most similar to one, to a selection, or to a vector."""

from __future__ import annotations

from typing import Any

import numpy as np
import strawberry
from strawberry import ID, Info

from apps.accounts.actor import Actor
from apps.common.errors import BadUserInput
from apps.common.graphql.context import actor_of
from apps.curation.models import Selection
from apps.curation.services.selections import selected_rows
from apps.datasets import models as datasets
from apps.datasets.datapoint_ids import get_datapoint
from apps.datasets.graphql.types import Datapoint, DatapointRole
from apps.embeddings import models, similar
from apps.embeddings.graphql.neighbors import Metric
from apps.embeddings.graphql.types import EmbeddingSet
from apps.projects import access

RELATED = ("dataset__project", "category", "logged_category", "resource")


@strawberry.type
class SimilarDatapoint:
    """One of the nearest datapoints, and how far its vector is."""

    node: Datapoint
    distance: float
    embedding_set: EmbeddingSet = strawberry.field(description="Whose vector it is.")


@strawberry.type
class SimilarDatapoints:
    """The nearest datapoints, the nearest first."""

    edges: list[SimilarDatapoint]
    is_exact: bool = strawberry.field(
        description="Whether all vectors were compared; otherwise the answer is that of the stored neighbours."
    )


@strawberry.type
class SimilarQuery:
    @strawberry.field(
        description="The datapoints whose vectors are nearest to that of a datapoint, to the centre of a selection, or "
        "to a vector: exactly one of the three. The datapoints asked about are left out."
    )
    def find_similar(
        self,
        info: Info[Any, Any],
        embedding_set_id: ID,
        datapoint_id: ID | None = None,
        selection_id: ID | None = None,
        vector: list[float] | None = None,
        first: int = 20,
        metric: Metric = models.Metric.COSINE,
        among_dataset_ids: list[ID] | None = None,
        role: DatapointRole | None = None,
        include_itself: bool = False,
    ) -> SimilarDatapoints:
        actor = actor_of(info)
        rows = models.EmbeddingSet.objects.select_related("dataset__project", "vectors", "layer")
        embedding_set = access.get(actor, models.EmbeddingSet, embedding_set_id, rows=rows)
        _check(embedding_set, [datapoint_id, selection_id, vector], vector, first)
        among = similar.sets_among(embedding_set, _datasets(actor, embedding_set, among_dataset_ids or []))
        wanted: Any = {"among": among, "metric": metric, "first": first, "role": role or ""}
        if datapoint_id is not None:
            datapoint = get_datapoint(actor, datapoint_id)
            _require_same_project(embedding_set, datapoint.dataset, datasets.Datapoint)
            found = similar.similar_to_datapoint(
                embedding_set, datapoint, leaves_out_itself=not include_itself, **wanted
            )
        elif selection_id is not None:
            selection = access.get(actor, Selection, selection_id)
            _require_same_project(embedding_set, selection, Selection)
            centre, left_out = similar.centre_of(embedding_set, dict(selected_rows(selection)), metric=metric)
            left_out = {} if include_itself else left_out
            found = similar.similar_to_vector(centre, left_out=left_out, **wanted)
        else:
            found = similar.similar_to_vector(np.array(vector, dtype=np.float64), **wanted)
        return _described(found)


def _check(embedding_set: models.EmbeddingSet, given: list[Any], vector: list[float] | None, first: int) -> None:
    if sum(each is not None for each in given) != 1:
        raise BadUserInput("Give exactly one of datapointId, selectionId and vector.", field="datapointId")
    if not 1 <= first <= similar.MOST_SIMILAR:
        raise BadUserInput(f"first must be from 1 to {similar.MOST_SIMILAR}, not {first}.", field="first")
    if vector is None:
        return
    if len(vector) != embedding_set.dimension:
        raise BadUserInput(
            f"The vector has {len(vector)} numbers; those of this embedding set have {embedding_set.dimension}.",
            field="vector",
        )
    if not np.isfinite(vector).all():
        raise BadUserInput("The vector holds NaN or an infinite value.", field="vector")


def _datasets(actor: Actor, embedding_set: models.EmbeddingSet, ids: list[ID]) -> list[datasets.Dataset]:
    found = [access.get(actor, datasets.Dataset, each) for each in dict.fromkeys(ids[: similar.MOST_DATASETS + 1])]
    for dataset in found:
        _require_same_project(embedding_set, dataset, datasets.Dataset)
    return found


def _require_same_project(embedding_set: models.EmbeddingSet, row: Any, model: Any) -> None:
    if row.project_id != embedding_set.dataset.project_id:
        raise access.not_found(model)


def _described(answer: similar.Similar) -> SimilarDatapoints:
    by_set: dict[Any, list[int]] = {}
    for each in answer.found:
        by_set.setdefault(each.embedding_set.dataset_id, []).append(each.row)
    there: dict[Any, datasets.Datapoint] = {}
    for dataset_id, rows in by_set.items():
        stored = datasets.Datapoint.objects.select_related(*RELATED).filter(dataset__deleted_at=None)
        there |= {(dataset_id, found.row): found for found in stored.filter(dataset=dataset_id, row__in=rows)}
    edges = []
    for each in answer.found:
        # It may have been deleted meanwhile.
        datapoint = there.get((each.embedding_set.dataset_id, each.row))
        if datapoint is not None:
            edges.append(SimilarDatapoint(node=datapoint, distance=each.distance, embedding_set=each.embedding_set))
    return SimilarDatapoints(edges=edges, is_exact=answer.is_exact)
