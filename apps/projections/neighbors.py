"""The nearest neighbours of a map's vectors: the stored ones of its embedding set, or found for this map alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.embeddings.models import Metric
from apps.embeddings.neighbor_finding import BUILD, PHASE, find_neighbors
from apps.embeddings.neighbors import MOST_NEIGHBORS, Neighbors
from apps.jobs.run import JobRun
from apps.projections.methods import Method, complete_parameters, get_method
from apps.projections.models import ProjectionSet, ProjectionSource, Projector
from apps.projections.vectors import Members

# Of each datapoint, itself included, for measuring a map whose method looks at fewer, or at none.
FOR_QUALITY = 16


def asked_by_method(projector: Projector, n: int) -> int:
    """How many neighbours the method looks at for n vectors, each itself included; 0 where it looks at none."""
    method = get_method(projector.method)
    wanted = method.n_neighbors
    return 0 if wanted is None else wanted(n, complete_parameters(method, projector.parameters))


def neighbors_of_map(
    run: JobRun,
    projection_set: ProjectionSet,
    sources: Sequence[ProjectionSource],
    vectors: NDArray[Any],
    members: Members,
    *,
    metric: str,
    asked: int,
) -> Neighbors:
    """As many neighbours as are asked for, by places in the map, and enough to measure it.

    Those of one whole embedding set are kept with it, for the next map; a map of several sets or of one role has
    neighbours of its own.
    """
    wanted, by = max(asked, FOR_QUALITY), Metric(metric)
    if len(sources) == 1 and not projection_set.role and wanted <= MOST_NEIGHBORS:
        [source] = sources
        found = find_neighbors(
            run,
            source.embedding_set,
            vectors,
            members.row,
            version=source.vectors_version,
            metric=by,
            n_neighbors=wanted,
        )
    else:
        answer = run.compute(BUILD, vectors, phase=PHASE, n_neighbors=min(wanted, len(vectors)), metric=by)
        found = Neighbors(members.row, answer["indices"], answer["distances"], float(answer["recall"]))
    run.log(f"{found.indices.shape[1]} neighbours each, {found.recall:.1%} of the true ones (on a sample).")
    return found


def for_method(method: Method, found: Neighbors) -> dict[str, NDArray[Any]]:
    """The neighbours as arguments of the method's function, if it takes any."""
    if method.n_neighbors is None:
        return {}
    return {"neighbors_indices": _plain(found.indices), "neighbors_distances": _plain(found.distances)}


def notes_of_neighbors(method: Method, found: Neighbors) -> list[str]:
    """What is to be said beside the map, where neighbours were missed."""
    if method.n_neighbors is None or found.recall >= 0.9995:
        return []
    return [f"Neighbours were found approximately: {found.recall:.1%} of the true ones, measured on a sample."]


def _plain(array: NDArray[Any]) -> NDArray[Any]:
    return np.ascontiguousarray(array)
