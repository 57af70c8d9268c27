"""What analyses of every kind have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from apps.accounts.actor import Actor
from apps.analysis.models import Analysis, AnalysisKind, AnalysisSource
from apps.common.conflicts import refuse_duplicate
from apps.common.names import clean_name
from apps.jobs.services import enqueue_job
from apps.lineage.models import TrainedModel
from apps.projects.cascades import delete_whole
from apps.projects.editing import lock_for_edit
from apps.projects.journal import record_audit, record_change
from apps.projects.models import Project

NOUN = "An analysis's name"


@transaction.atomic
def rename_analysis(*, actor: Actor, analysis: Analysis, name: str, expected_version: int | None = None) -> Analysis:
    analysis = lock_for_edit(analysis, expected_version=expected_version)
    before, analysis.name = analysis.name, clean_name(name, what=NOUN)
    with refuse_duplicate(_taken(analysis.name)):
        analysis.save(update_fields=["name", "edit_version"])
    record_audit(
        actor=actor,
        project=analysis.project,
        action="renamed",
        target=analysis,
        before={"name": before},
        after={"name": analysis.name},
    )
    record_change(analysis.project, kind="renamed", target=analysis)
    return analysis


@transaction.atomic
def delete_analysis(*, actor: Actor, analysis: Analysis) -> None:
    """Delete an analysis and its scores; its job, if it still runs, is cancelled. Labels that it wrote stay."""
    before = {"name": analysis.name, "kind": analysis.kind}
    record_audit(actor=actor, project=analysis.project, action="deleted", target=analysis, before=before)
    delete_whole(analysis)


def start_analysis(
    *,
    actor: Actor,
    kind: AnalysisKind,
    job_kind: str,
    trained_model: TrainedModel,
    sources: Sequence[AnalysisSource],
    parameters: dict[str, Any],
    title: str,
    name: str | None,
) -> Analysis:
    """An analysis without scores yet, and the job that will give it some.

    A given name must be free; otherwise the title becomes its name, with a number where that is taken.
    """
    project = Project.objects.select_for_update(no_key=True).get(pk=trained_model.model_architecture.project_id)
    chosen = clean_name(name, what=NOUN) if name is not None else _free_name(project, title[:90])
    with refuse_duplicate(_taken(chosen)):
        analysis = Analysis.objects.create(
            project=project,
            kind=kind,
            name=chosen,
            trained_model=trained_model,
            parameters=parameters,
            created_by=actor.user,
        )
    for position, source in enumerate(sources):
        source.analysis, source.position = analysis, position
    AnalysisSource.objects.bulk_create(sources)
    analysis.job = enqueue_job(
        actor=actor,
        project=project,
        kind=job_kind,
        title=title,
        parameters={"analysis_id": str(analysis.pk)},
        target=analysis,
    )
    analysis.save(update_fields=["job"])
    record_audit(
        actor=actor, project=project, action="analysis_started", target=analysis, after={"kind": kind, **parameters}
    )
    record_change(project, kind="created", target=analysis)
    return analysis


def _free_name(project: Project, name: str) -> str:
    """The project is locked, so nobody takes the name meanwhile."""
    taken = set(project.analyses.values_list("name", flat=True))
    candidate, number = name, 1
    while candidate in taken:
        number += 1
        candidate = f"{name} {number}"
    return candidate


def _taken(name: str) -> str:
    return f"An analysis named {name!r} exists in this project."
