"""PaCMAP and LocalMAP, by the library pacmap."""

from __future__ import annotations

from apps.projections.methods import costs
from apps.projections.methods.available import needs
from apps.projections.methods.method import Method, Parameters, Preset
from apps.projections.methods.parameter import COMPONENTS, Parameter, metrics

CANDIDATES = 50
N_NEIGHBORS = Parameter(
    name="n_neighbors",
    title="Neighbours",
    description="Near pairs of each vector; chosen by the number of vectors where it is not given.",
    kind="integer",
    default=None,
    minimum=3,
    maximum=100,
)
PARAMETERS = (N_NEIGHBORS, metrics("euclidean", "cosine"), COMPONENTS)
PRESETS = (
    Preset("balanced", "Balanced", "Right for most data.", {}),
    Preset("fine_detail", "Fine detail", "Small groups apart.", {"n_neighbors": 5}),
    Preset("overall_shape", "Overall shape", "Wider neighbourhoods. Takes longer.", {"n_neighbors": 30}),
)


def _n_neighbors(n: int, parameters: Parameters) -> int:
    return min(costs.near_pairs(n, parameters) + CANDIDATES, n - 1) + 1


PACMAP = Method(
    name="pacmap",
    title="PaCMAP",
    description="Keeps near and far order at once: clusters, and where they lie to each other.",
    advice="Where the places of clusters to each other matter.",
    function="apps.projections.compute.pacmap:pacmap",
    fewest=16,
    has_seed=True,
    cost=costs.pacmap,
    n_neighbors=_n_neighbors,
    missing=needs("pacmap"),
    parameters=PARAMETERS,
    presets=PRESETS,
)

LOCALMAP = Method(
    name="localmap",
    title="LocalMAP",
    description="PaCMAP that looks for the borders between clusters while it runs: they come apart more clearly.",
    advice="For groups that touch on other maps.",
    function="apps.projections.compute.pacmap:localmap",
    fewest=16,
    has_seed=True,
    cost=costs.localmap,
    n_neighbors=_n_neighbors,
    missing=needs("pacmap"),
    parameters=PARAMETERS,
    presets=PRESETS,
)
