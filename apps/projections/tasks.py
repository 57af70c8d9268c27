from __future__ import annotations

from typing import Any

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from apps.common.errors import NotFound
from apps.embeddings.neighbors import Neighbors
from apps.jobs.models import Lane
from apps.jobs.registry import job
from apps.jobs.run import JobRun
from apps.projections.arrays import name_arrays, write_arrays
from apps.projections.growth import Growth, forget_growth
from apps.projections.labels import current_labels
from apps.projections.measuring import measure
from apps.projections.methods import Method, check_seed, complete_parameters, get_method
from apps.projections.models import ProjectionSet, Projector
from apps.projections.neighbors import asked_by_method, for_method, neighbors_of_map, notes_of_neighbors
from apps.projections.sample import show_sample
from apps.projections.start import LEARNING_RATE, Before, follow, place_new, read_before
from apps.projections.stopping import notes_of_stop
from apps.projections.vectors import Members, count_objects, read_vectors
from apps.projects.journal import record_change

SUPERVISED = (
    "This map was made with the labels: it shows them as well as the embeddings, and is no evidence that the "
    "categories can be told apart."
)


@job("run_projection", lane=Lane.HEAVY, can_stop_here=True, let_go=forget_growth)
def run_projection(run: JobRun) -> None:
    """Compute a map's positions and their quality, and store both."""
    sets = ProjectionSet.objects.select_related("projector", "project", "previous")
    projection_set = run.parameters.row("projection_set_id", sets)
    if projection_set is None:
        raise _deleted()
    projector = projection_set.projector
    sources = list(projection_set.sources.select_related("embedding_set__vectors", "embedding_set__dataset"))
    vectors, members = read_vectors(run, sources, projection_set.role)
    before = read_before(run, projection_set, sources, members)
    metric = projector.parameters.get("metric", "euclidean")
    labels = current_labels(sources, members)
    growth = Growth(run, projection_set, members)
    if before is None:
        show_sample(run, projector, vectors, growth)
    asked = 0 if before is not None and before.is_placing else asked_by_method(projector, len(vectors))
    neighbors = neighbors_of_map(run, projection_set, sources, vectors, members, metric=metric, asked=asked)
    if before is not None and before.is_placing:
        positions = place_new(run, before, vectors, neighbors, metric)
        notes: list[str] = []
    else:
        positions, notes = _fit(run, projector, growth, vectors, labels, neighbors, before)
    quality, preservation = measure(
        run, vectors, positions, metric=metric, labels=labels, neighbors=np.ascontiguousarray(neighbors.indices)
    )
    quality["neighbor_recall"] = round(neighbors.recall, 4)
    columns, drift = {"preservation": preservation}, None
    if before is not None:
        positions, columns["moved"], drift = follow(run, before, positions)
    _store(run, projection_set, members, positions, columns, quality=quality, drift=drift, notes=notes)


def _fit(
    run: JobRun,
    projector: Projector,
    growth: Growth,
    vectors: NDArray[Any],
    labels: NDArray[np.int32],
    neighbors: Neighbors,
    before: Before | None,
) -> tuple[NDArray[np.float32], list[str]]:
    """The positions that the method finds, and what is to be said of them."""
    method = get_method(projector.method)
    # Checked again here: the row may be older than today's bounds.
    parameters = complete_parameters(method, projector.parameters)
    method.refuse_if_missing(parameters)
    arguments = dict(parameters)
    named = for_method(method, neighbors)
    is_supervised = arguments.pop("supervised", False)
    if is_supervised:
        named["labels"] = labels
    if method.has_seed:
        arguments["random_state"] = check_seed(method, projector.seed)
    if before is not None and method.can_start(parameters):
        arguments["learning_rate"], named["start"] = LEARNING_RATE, before.start
    positions: NDArray[np.float32] = run.compute(
        method.function, vectors, phase=method.title, named=named, on_frame=growth.show, **arguments
    )
    return positions, [
        *_notes(method, parameters, len(vectors)),
        *notes_of_neighbors(method, neighbors),
        *notes_of_stop(run),
    ]


def _notes(method: Method, parameters: dict[str, Any], n: int) -> list[str]:
    notes = [SUPERVISED] if parameters.get("supervised") else []
    asked = parameters.get("n_neighbors") or 0
    if asked >= n:
        notes.append(f"{method.title} used {n - 1} neighbours instead of {asked}: the map has only {n} datapoints.")
    return notes


def _store(
    run: JobRun,
    projection_set: ProjectionSet,
    members: Members,
    positions: NDArray[np.float32],
    columns: dict[str, NDArray[np.float32]],
    **facts: Any,
) -> None:
    run.progress("Storing the map")
    files = write_arrays(projection_set, members, positions, columns)
    with run.commit():
        updated = ProjectionSet.objects.filter(pk=projection_set.pk).update(
            finished_at=timezone.now(),
            projection_count=len(positions),
            object_count=count_objects(projection_set, members),
            **facts,
        )
        if not updated:
            raise _deleted()
        name_arrays(projection_set, files)
        forget_growth(run.job)
        record_change(projection_set.project, kind="updated", target=projection_set, version=1)


def _deleted() -> NotFound:
    return NotFound("The map was deleted meanwhile.")
