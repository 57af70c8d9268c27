"""The map of a sample, shown while the neighbours of all are being found."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from apps.jobs.run import JobRun
from apps.projections.compute.multilevel import FEWEST, PHASE
from apps.projections.growth import Growth
from apps.projections.methods import check_seed, complete_parameters, get_method
from apps.projections.models import Projector

MAP_SAMPLE = "apps.projections.compute.multilevel:map_sample"
SHARED = ("n_neighbors", "min_dist", "spread", "metric")


def show_sample(run: JobRun, projector: Projector, vectors: NDArray[Any], growth: Growth) -> None:
    """Let people see a first layout of many vectors, by UMAP; the result is a picture, no part of the map."""
    method = get_method(projector.method)
    if method.name != "umap" or len(vectors) < FEWEST:
        return
    parameters = complete_parameters(method, projector.parameters)
    run.compute(
        MAP_SAMPLE,
        vectors,
        phase=PHASE,
        on_frame=growth.show,
        random_state=check_seed(method, projector.seed),
        **{name: parameters[name] for name in SHARED},
    )
