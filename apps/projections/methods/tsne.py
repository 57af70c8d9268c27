"""t-SNE, by openTSNE."""

from __future__ import annotations

from apps.projections.methods import costs
from apps.projections.methods.available import needs
from apps.projections.methods.method import Method, Parameters, Preset
from apps.projections.methods.parameter import COMPONENTS, Parameter, metrics

NEIGHBORS_A_PERPLEXITY = 3


def _n_neighbors(n: int, parameters: Parameters) -> int:
    return min(n - 1, int(NEIGHBORS_A_PERPLEXITY * parameters["perplexity"])) + 1


TSNE = Method(
    name="tsne",
    title="t-SNE",
    description="Keeps each vector's nearest ones around it more strictly than any other; clusters fill the plane.",
    advice="For small groups and local order. Sizes of clusters and distances between them say nothing.",
    function="apps.projections.compute.tsne:tsne",
    fewest=8,
    has_seed=True,
    cost=costs.tsne,
    n_neighbors=_n_neighbors,
    missing=needs("openTSNE"),
    parameters=(
        Parameter(
            name="perplexity",
            title="Perplexity",
            description="How many neighbours count, softly. Few show detail, many the overall shape.",
            kind="number",
            default=30.0,
            minimum=2,
            maximum=200,
        ),
        Parameter(
            name="exaggeration",
            title="Exaggeration",
            description="More than 1 makes clusters denser and their order clearer.",
            kind="number",
            default=1.0,
            minimum=1,
            maximum=12,
            is_advanced=True,
        ),
        Parameter(
            name="n_iter",
            title="Iterations",
            description="Steps after the first 250.",
            kind="integer",
            default=500,
            minimum=50,
            maximum=5000,
            is_advanced=True,
        ),
        metrics("euclidean", "cosine", "dot", "manhattan", "correlation"),
        COMPONENTS,
    ),
    presets=(
        Preset("balanced", "Balanced", "Right for most data.", {}),
        Preset("fine_detail", "Fine detail", "Small groups apart.", {"perplexity": 10.0}),
        Preset("overall_shape", "Overall shape", "Wider neighbourhoods. Takes longer.", {"perplexity": 100.0}),
        Preset(
            "dense_clusters", "Dense clusters", "Clusters drawn together, as UMAP shows them.", {"exaggeration": 4.0}
        ),
    ),
)
