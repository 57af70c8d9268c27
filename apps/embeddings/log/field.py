"""Logging embeddings: the vectors of one layer of one trained model."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from apps.common.errors import BadUserInput
from apps.datasets import bitmaps
from apps.datasets.columns import create_column
from apps.datasets.log.batch import LogBatch, Mask, check_vectors, vectors_of
from apps.datasets.log.column_plan import ColumnPlan, plan_column
from apps.datasets.log.columns import ColumnRule, is_vector
from apps.datasets.log.fields import PlanOutdated, logged_field
from apps.datasets.log.target import Target
from apps.datasets.models import ColumnKind, Upload
from apps.embeddings.models import EmbeddingSet
from apps.lineage.services.by_name import find_layer, get_or_create_layer
from apps.projects.journal import record_change


@dataclass(frozen=True)
class EmbeddingPlan:
    changed: Mask
    upload: Upload
    embedding_set: EmbeddingSet | None
    vectors: ColumnPlan
    dtype: str

    def prepare(self, target: Target) -> None:
        """Datapoints refer to no embedding."""

    def commit(self, target: Target) -> None:
        embedding_set = self._embedding_set(target)
        self.vectors.commit(embedding_set.vectors)
        embedding_set.embedding_count = len(bitmaps.load(embedding_set.vectors.present))
        embedding_set.save(update_fields=["embedding_count", "updated_at"])

    def _embedding_set(self, target: Target) -> EmbeddingSet:
        if self.embedding_set is not None:
            stored = EmbeddingSet.objects.select_for_update(of=("self",)).select_related("vectors")
            found = stored.filter(pk=self.embedding_set.pk).first()
            if found is None:
                raise PlanOutdated
            return found
        project, dimension = target.dataset.project, self.upload.dimension
        assert dimension is not None, "vectors were checked to come with a dimension"
        made = EmbeddingSet.objects.create(
            dataset=target.dataset,
            layer=get_or_create_layer(project=project, **_names(self.upload)),
            dimension=dimension,
            vectors=create_column(dataset=target.dataset, kind=ColumnKind.VECTOR, dtype=self.dtype, width=dimension),
        )
        record_change(project, kind="created", target=made)
        return made


@logged_field
class EmbeddingField:
    """Each (trained model, layer, dataset) has an embedding set of its own, of one dimension and dtype."""

    def rule_for(self, column: str, upload: Upload) -> ColumnRule | None:
        if column != "embedding":
            return None
        dimension = upload.dimension
        if dimension is None:
            return ColumnRule(lambda kind: False, "a fixed_size_list of floats, with its dimension declared")
        return ColumnRule(
            lambda kind: is_vector(kind, dimension), f"fixed_size_list<float16, float32 or float64>[{dimension}]"
        )

    def clears(self, word: str) -> bool:
        return word == "embedding"

    def check(self, batch: LogBatch, target: Target) -> None:
        if not batch.has("embedding"):
            return
        batch.fail("embedding", ~batch.given("embedding"), "is null; every row of this log needs a vector.")
        batch.fail("embedding", batch.cleared("embedding"), "is both given and cleared.")
        check_vectors(batch, "embedding")
        embedding_set = _embedding_sets(batch.upload).first()
        if embedding_set is not None:
            _check_same_form(batch, embedding_set)

    def plan(self, batch: LogBatch, target: Target) -> EmbeddingPlan | None:
        given, cleared = batch.given("embedding"), batch.cleared("embedding")
        embedding_set = _embedding_sets(batch.upload).first()
        if not given.any() and not (embedding_set and cleared.any()):
            return None
        column = embedding_set.vectors if embedding_set else None
        values = vectors_of(batch, "embedding") if given.any() else None
        dtype = column.dtype if column is not None else _dtype_of(batch)
        vectors = plan_column(target, column, dtype=dtype, values=values, given=given, cleared=cleared)
        return EmbeddingPlan(vectors.changed, batch.upload, embedding_set, vectors, dtype) if vectors else None


def _embedding_sets(upload: Upload) -> QuerySet[EmbeddingSet]:
    """The embedding set that the upload names, if it is there."""
    layer = find_layer(project=upload.dataset.project, **_names(upload))
    return EmbeddingSet.objects.filter(dataset=upload.dataset_id, layer=layer).select_related("vectors")


def _names(upload: Upload) -> dict[str, str]:
    return {"model": upload.model, "version": upload.version, "layer": upload.layer}


def _dtype_of(batch: LogBatch) -> str:
    return str(vectors_of(batch, "embedding").dtype)


def _check_same_form(batch: LogBatch, embedding_set: EmbeddingSet) -> None:
    upload, stored = batch.upload, embedding_set.vectors
    if (stored.width, stored.dtype) != (upload.dimension, _dtype_of(batch)):
        raise BadUserInput(
            f"Embeddings of {upload.model} {upload.version}, layer {upload.layer}, have {stored.width} dimensions of "
            f"{stored.dtype} in this dataset; this log has {upload.dimension} of {_dtype_of(batch)}.",
            field="embedding",
            hint="Log other vectors under another version= or layer=.",
        )
