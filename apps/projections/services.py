from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import count
from typing import Any

from django.conf import settings
from django.db import transaction

from apps.accounts.actor import Actor
from apps.common.conflicts import refuse_duplicate
from apps.common.errors import BadUserInput, Conflict, LimitExceeded
from apps.common.names import clean_name
from apps.datasets.columns import present_rows
from apps.datasets.models import DatapointRole
from apps.embeddings.models import EmbeddingSet
from apps.embeddings.roles import rows_in_role
from apps.jobs.services import enqueue_job
from apps.projections.methods import Method, check_seed, complete_parameters, get_method
from apps.projections.models import ProjectionSet, ProjectionSource, Projector
from apps.projects.cascades import delete_whole
from apps.projects.editing import lock_for_edit
from apps.projects.journal import record_audit, record_change
from apps.projects.models import Project

MOST_SOURCES = 64
BYTES_OF_FLOAT32 = 4
# At least: its number and distance, and its edge in the graph in both directions.
BYTES_A_NEIGHBOUR = 32


@transaction.atomic
def run_projection(
    *,
    actor: Actor,
    embedding_sets: Sequence[EmbeddingSet],
    method: str,
    parameters: dict[str, Any] | None = None,
    seed: int | None = None,
    name: str | None = None,
    role: DatapointRole | None = None,
) -> ProjectionSet:
    """Make a map of the embedding sets, at the versions that their vectors have now, in a background job.

    With a role, only of their contexts or only of their objects.
    """
    chosen = get_method(method)
    complete = complete_parameters(chosen, parameters)
    chosen.refuse_if_missing(complete)
    project = project_of_sources(embedding_sets)
    n = check_size(chosen, complete, embedding_sets, role)
    projector = get_or_create_projector(project, chosen.name, complete, check_seed(chosen, seed))
    projection_set = create_projection_set(
        actor=actor,
        projector=projector,
        embedding_sets=embedding_sets,
        name=name,
        free_names=names_from(default_name(chosen.title, embedding_sets)),
        role=role,
    )
    datasets = ", ".join(dict.fromkeys(found.dataset.name for found in embedding_sets))
    title = f"{chosen.title} map “{projection_set.name}” of {datasets}"
    start_job(actor=actor, projection_set=projection_set, title=title, count=n)
    return projection_set


@transaction.atomic
def rename_projection_set(
    *, actor: Actor, projection_set: ProjectionSet, name: str, expected_version: int | None = None
) -> ProjectionSet:
    projection_set = lock_for_edit(projection_set, expected_version=expected_version)
    before, projection_set.name = projection_set.name, clean_name(name, what="A map's name")
    with refuse_duplicate(f"A map named {projection_set.name!r} exists in this project."):
        projection_set.save(update_fields=["name", "edit_version"])
    record_audit(
        actor=actor,
        project=projection_set.project,
        action="renamed",
        target=projection_set,
        before={"name": before},
        after={"name": projection_set.name},
    )
    record_change(projection_set.project, kind="renamed", target=projection_set)
    return projection_set


@transaction.atomic
def delete_projection_set(*, actor: Actor, projection_set: ProjectionSet) -> None:
    """Delete a map; its job, if it still runs, is cancelled."""
    before = {"name": projection_set.name, "count": projection_set.projection_count}
    record_audit(actor=actor, project=projection_set.project, action="deleted", target=projection_set, before=before)
    delete_whole(projection_set)


@transaction.atomic
def delete_projector(*, actor: Actor, projector: Projector) -> None:
    """Delete a method with its parameters that no map was made with any more."""
    # Locked first: a map that is being made with it now is either counted, or not made.
    list(Projector.objects.select_for_update().filter(pk=projector.pk))
    count = projector.projection_sets.count()
    if count:
        maps = "1 map" if count == 1 else f"{count:,} maps"
        raise Conflict(f"This was used for {maps}; delete those first.", field="id")
    record_audit(actor=actor, project=projector.project, action="deleted", target=projector)
    delete_whole(projector)


def project_of_sources(embedding_sets: Sequence[EmbeddingSet]) -> Project:
    """The one project of embedding sets that can be on one map."""
    field = "embeddingSetIds"
    if not embedding_sets:
        raise BadUserInput("Choose at least one embedding set.", field=field)
    if len(embedding_sets) > MOST_SOURCES:
        raise LimitExceeded(f"A map takes at most {MOST_SOURCES} embedding sets.", field=field)
    if len({found.pk for found in embedding_sets}) < len(embedding_sets):
        raise BadUserInput("An embedding set is named twice.", field=field)
    first = embedding_sets[0]
    for found in embedding_sets[1:]:
        if found.dataset.project_id != first.dataset.project_id:
            raise BadUserInput("All embedding sets of a map must be of one project.", field=field)
        if found.dimension != first.dimension:
            raise BadUserInput(
                f"All embedding sets of a map must have one dimension: that of {first.dataset.name} has "
                f"{first.dimension}, that of {found.dataset.name} has {found.dimension}.",
                field=field,
            )
    return first.dataset.project


def start_job(*, actor: Actor, projection_set: ProjectionSet, title: str, count: int) -> None:
    """Queue the job that computes a map, and write down that it was asked for."""
    project = projection_set.project
    projection_set.job = enqueue_job(
        actor=actor,
        project=project,
        kind="run_projection",
        title=title,
        parameters={"projection_set_id": str(projection_set.pk)},
        target=projection_set,
    )
    projection_set.save(update_fields=["job"])
    record_audit(
        actor=actor,
        project=project,
        action="projection_started",
        target=projection_set,
        after={"method": projection_set.projector.method, "count": count},
    )
    record_change(project, kind="created", target=projection_set)


def get_or_create_projector(project: Project, method: str, parameters: dict[str, Any], seed: int | None) -> Projector:
    facts = {"method": method, "parameters": parameters, "seed": seed}
    digest = hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
    projector, _ = Projector.objects.get_or_create(project=project, digest=digest, defaults=facts)
    return projector


def create_projection_set(
    *,
    actor: Actor,
    projector: Projector,
    embedding_sets: Sequence[EmbeddingSet],
    name: str | None,
    free_names: Iterator[str],
    role: DatapointRole | None = None,
) -> ProjectionSet:
    """A map without positions yet. A given name must be free; otherwise the first of the others that is."""
    if name is not None:
        chosen = clean_name(name, what="A map's name")
        with refuse_duplicate(f"A map named {chosen!r} exists in this project."):
            projection_set = _create(actor, projector, chosen, role)
    else:
        projection_set = _create_under_free_name(actor, projector, free_names, role)
    ProjectionSource.objects.bulk_create(
        ProjectionSource(
            projection_set=projection_set,
            embedding_set=found,
            position=position,
            vectors_version=found.vectors.version,
        )
        for position, found in enumerate(embedding_sets)
    )
    return projection_set


def _create(actor: Actor, projector: Projector, name: str, role: DatapointRole | None) -> ProjectionSet:
    return ProjectionSet.objects.create(
        project=projector.project, projector=projector, name=name, role=role or "", created_by=actor.user
    )


def _create_under_free_name(
    actor: Actor, projector: Projector, names: Iterator[str], role: DatapointRole | None
) -> ProjectionSet:
    taken = set(ProjectionSet.objects.filter(project=projector.project).values_list("name", flat=True))
    while True:
        candidate = next(name for name in names if name not in taken)
        with suppress(Conflict), refuse_duplicate("taken meanwhile"):
            return _create(actor, projector, candidate, role)


def names_from(name: str) -> Iterator[str]:
    """The name, then the name with a number."""
    return (name if number == 1 else f"{name} {number}" for number in count(1))


def default_name(title: str, embedding_sets: Sequence[EmbeddingSet]) -> str:
    layers = {found.layer.name for found in embedding_sets} - {"default"}
    return f"{title} {layers.pop()}"[:90] if len(layers) == 1 else title


def check_size(
    method: Method, parameters: dict[str, Any], embedding_sets: Sequence[EmbeddingSet], role: DatapointRole | None
) -> int:
    """How many embeddings the map will show; neither too few nor too many."""
    n = sum(len(rows_in_role(present_rows(found.vectors), found.dataset, role or "")) for found in embedding_sets)
    if n < method.fewest:
        what = f"embeddings of {role.value}s" if role else "embeddings"
        raise BadUserInput(
            f"{method.title} needs at least {method.fewest} {what}; there are {n}.", field="embeddingSetIds"
        )
    vectors = n * embedding_sets[0].dimension * BYTES_OF_FLOAT32
    looked_at = method.n_neighbors(n, parameters) if method.n_neighbors else 0
    neighbours = n * looked_at * BYTES_A_NEIGHBOUR
    needed, limit = vectors + neighbours, settings.CHROMA_JOB_MEMORY
    if needed > limit:
        advice = "Choose fewer embedding sets" if vectors > neighbours else "Choose fewer neighbours"
        raise LimitExceeded(
            f"The vectors and neighbours of {n:,} datapoints alone take {needed / 2**30:.1f} GiB; a job may use "
            f"{limit / 2**30:.1f} GiB on this server. {advice}, or let the operator raise CHROMA_JOB_MEMORY.",
            field="embeddingSetIds" if vectors > neighbours else "parameters.n_neighbors",
        )
    return n
