"""What goes with what: scores with their dataset and with the vectors and the model that they were computed from.

Scores outlive their reference: they still say what they said. An analysis goes with the last of its scores; one that is
still being computed goes with anything that it reads.
"""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from apps.analysis.models import Analysis, AnalysisSource, ScoreSet
from apps.datasets import bitmaps
from apps.datasets.models import Column, Dataset
from apps.datasets.removing import after_removing
from apps.embeddings.models import EmbeddingSet
from apps.jobs.services import request_cancel
from apps.lineage.models import TrainedModel
from apps.projects.cascades import before_deleting, delete_whole


@before_deleting(TrainedModel)
def delete_analyses_of_model(trained_model: TrainedModel) -> None:
    for analysis in trained_model.analyses.all():
        delete_whole(analysis)


@before_deleting(Dataset)
def delete_scores_of_dataset(dataset: Dataset) -> None:
    _forget(AnalysisSource.objects.filter(dataset=dataset))


@before_deleting(EmbeddingSet)
def delete_scores_of_vectors(embedding_set: EmbeddingSet) -> None:
    _forget(AnalysisSource.objects.filter(embedding_set=embedding_set))


@before_deleting(Analysis)
def delete_what_it_gave(analysis: Analysis) -> None:
    for score_set in analysis.score_sets.all():
        delete_whole(score_set)
    if analysis.job is not None:
        # Afterwards: whoever finishes the job locks its row before the project's, and we hold the project's by now.
        transaction.on_commit(partial(request_cancel, analysis.job))


@before_deleting(ScoreSet)
def delete_column(score_set: ScoreSet) -> None:
    Column.objects.filter(pk=score_set.column_id).delete()


@after_removing
def count_scores(dataset: Dataset) -> None:
    for score_set in dataset.score_sets.select_related("column"):
        score_set.score_count = len(bitmaps.load(score_set.column.present))
        score_set.save(update_fields=["score_count"])


def _forget(sources: QuerySet[AnalysisSource]) -> None:
    """Delete the scores that were computed for these sources, and analyses that have nothing left to say."""
    touched = set()
    for source in sources.select_related("analysis"):
        touched.add(source.analysis_id)
        if not source.is_reference:
            for score_set in source.analysis.score_sets.filter(dataset=source.dataset_id):
                delete_whole(score_set)
    for analysis in Analysis.objects.filter(pk__in=touched, score_sets=None):
        delete_whole(analysis)
