"""What the jobs of all analyses begin and end with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from apps.analysis.models import Analysis
from apps.analysis.scores import PendingScores, name_scores
from apps.common.errors import NotFound
from apps.jobs.run import JobRun
from apps.projects.journal import record_change


def analysis_of(run: JobRun) -> Analysis:
    analyses = Analysis.objects.select_related("project", "trained_model__model_architecture")
    analysis = run.parameters.row("analysis_id", analyses)
    if analysis is None:
        raise _deleted()
    return analysis


def finish_analysis(
    run: JobRun,
    analysis: Analysis,
    *,
    scores: Sequence[PendingScores],
    summary: dict[str, Any],
    notes: Sequence[str],
) -> None:
    """Store what came out and mark the job done: both, or neither."""
    with run.commit():
        updated = Analysis.objects.filter(pk=analysis.pk).update(
            finished_at=timezone.now(), summary=summary, notes=list(notes)
        )
        if not updated:
            raise _deleted()
        name_scores(analysis, scores)
        record_change(analysis.project, kind="updated", target=analysis, version=1)


def _deleted() -> NotFound:
    return NotFound("The analysis was deleted meanwhile.")
