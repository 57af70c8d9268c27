"""UMAP, by Chroma's engine or another's, and densMAP."""

from __future__ import annotations

from apps.common.errors import BadUserInput
from apps.projections.methods import costs
from apps.projections.methods.available import cuml_missing
from apps.projections.methods.method import Engine, Method, Parameters, Preset
from apps.projections.methods.parameter import COMPONENTS, Parameter, metrics

N_NEIGHBORS = Parameter(
    name="n_neighbors",
    title="Neighbours",
    description="How many neighbours define what is near. Few show detail, many the overall shape.",
    kind="integer",
    default=15,
    minimum=2,
    maximum=200,
)
MIN_DIST = Parameter(
    name="min_dist",
    title="Least distance",
    description="How close together near points may lie. At most the spread.",
    kind="number",
    default=0.1,
    minimum=0,
    maximum=3,
)
SPREAD = Parameter(
    name="spread",
    title="Spread",
    description="The scale on which points spread out.",
    kind="number",
    default=1.0,
    minimum=0.1,
    maximum=3,
    is_advanced=True,
)
N_EPOCHS = Parameter(
    name="n_epochs",
    title="Epochs",
    description="Steps of the optimisation; chosen by the number of vectors where it is not given.",
    kind="integer",
    default=None,
    minimum=10,
    maximum=5000,
    is_advanced=True,
)
SUPERVISED = Parameter(
    name="supervised",
    title="Use labels",
    description="Pulls datapoints of one category together, by the labels as they are when the map is made.",
    kind="boolean",
    default=False,
)
ENGINES = (
    Engine("chroma", "Chroma", "Our own: as good as umap-learn, and several times faster."),
    Engine("umap-learn", "umap-learn", "The reference; slower."),
    Engine("cuml", "cuML", "On an NVIDIA GPU, by RAPIDS.", cuml_missing),
)
ENGINE = Parameter(
    name="engine",
    title="Engine",
    description="Which implementation computes.",
    kind="choice",
    default="chroma",
    choices=tuple(engine.name for engine in ENGINES),
    is_advanced=True,
)
MODE = Parameter(
    name="mode",
    title="Mode",
    description="fast is quicker and a little less faithful.",
    kind="choice",
    default="standard",
    choices=("standard", "fast"),
    is_advanced=True,
)


def _check(parameters: Parameters) -> None:
    if parameters["min_dist"] > parameters["spread"]:
        raise BadUserInput(
            f"min_dist ({parameters['min_dist']:g}) must be at most spread ({parameters['spread']:g}).",
            field="parameters.min_dist",
        )
    engine = parameters.get("engine", "chroma")
    if engine != "chroma" and parameters["mode"] == "fast":
        raise BadUserInput(f"mode fast is of the engine chroma alone, not of {engine}.", field="parameters.mode")


def _n_neighbors(n: int, parameters: Parameters) -> int:
    return min(int(parameters["n_neighbors"]), n - 1)


UMAP = Method(
    name="umap",
    title="UMAP",
    description="Keeps near vectors near: clusters and their neighbourhoods become visible.",
    advice="Start here. Distances between far clusters say little.",
    function="apps.projections.compute.umap:umap",
    fewest=4,
    has_seed=True,
    takes_start=True,
    cost=costs.umap,
    n_neighbors=_n_neighbors,
    check=_check,
    engines=ENGINES,
    parameters=(
        N_NEIGHBORS,
        MIN_DIST,
        SUPERVISED,
        SPREAD,
        metrics("euclidean", "cosine", "dot", "manhattan", "correlation"),
        N_EPOCHS,
        COMPONENTS,
        ENGINE,
        MODE,
    ),
    presets=(
        Preset("balanced", "Balanced", "Clusters and how they hang together; right for most data.", {}),
        Preset(
            "fine_detail",
            "Fine detail",
            "Small groups apart, packed densely; large shapes fall to pieces.",
            {"n_neighbors": 7, "min_dist": 0.0},
        ),
        Preset(
            "overall_shape",
            "Overall shape",
            "Which clusters are near each other; small groups melt together. Takes longer.",
            {"n_neighbors": 70, "min_dist": 0.3},
        ),
        Preset("fast_preview", "Fast preview", "Quicker, a little less faithful.", {"mode": "fast"}),
    ),
)

DENSMAP = Method(
    name="densmap",
    title="densMAP",
    description="UMAP that also keeps how dense the vectors lie: tight groups stay tight, loose ones loose.",
    advice="Where it matters which groups are spread out. Slower, by umap-learn.",
    function="apps.projections.compute.densmap:densmap",
    fewest=16,
    has_seed=True,
    cost=costs.densmap,
    n_neighbors=_n_neighbors,
    check=_check,
    parameters=(
        N_NEIGHBORS,
        MIN_DIST,
        SPREAD,
        metrics("euclidean", "cosine", "manhattan", "correlation"),
        N_EPOCHS,
        COMPONENTS,
    ),
    presets=(
        Preset("balanced", "Balanced", "Clusters as dense as they are.", {}),
        Preset(
            "overall_shape", "Overall shape", "Density over wider neighbourhoods. Takes longer.", {"n_neighbors": 50}
        ),
    ),
)
