"""PCA."""

from __future__ import annotations

from apps.projections.methods import costs
from apps.projections.methods.method import Method
from apps.projections.methods.parameter import COMPONENTS

PCA = Method(
    name="pca",
    title="PCA",
    description="The directions in which the vectors differ most: quick, exact, and the same every time.",
    advice="For a first look at any size, and where directions shall mean something. Clusters may hide one another.",
    function="apps.projections.compute.pca:pca",
    fewest=2,
    has_seed=False,
    cost=costs.pca,
    parameters=(COMPONENTS,),
)
