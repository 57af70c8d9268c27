"""The methods that make maps, with the bounds of their parameters: read by the API, the worker and the UI."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from apps.common.errors import BadUserInput

# What a GraphQL Int holds.
LARGEST_SEED = 2**31 - 1


@dataclass(frozen=True)
class Parameter:
    """One parameter of a method. A default of None means that the method chooses."""

    name: str
    title: str
    description: str
    kind: Literal["integer", "number", "choice"]
    default: int | float | str | None
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] | None = None

    def checked(self, value: Any) -> Any:
        """The value, of the right type and within bounds."""
        if value is None and self.default is None:
            return None
        if self.kind == "choice":
            if value not in (self.choices or ()):
                raise self._refusal(value, f"one of {', '.join(self.choices or ())}")
            return value
        assert self.minimum is not None
        assert self.maximum is not None
        noun = "a whole number" if self.kind == "integer" else "a number"
        wanted = f"{noun} from {self.minimum:g} to {self.maximum:g}"
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self._refusal(value, wanted)
        # NaN is within no bounds, and whole numbers beyond all floats are compared as they are.
        if not self.minimum <= value <= self.maximum or (self.kind == "integer" and value != int(value)):
            raise self._refusal(value, wanted)
        return int(value) if self.kind == "integer" else float(value)

    def _refusal(self, value: Any, wanted: str) -> BadUserInput:
        return BadUserInput(f"{self.name} must be {wanted}, not {str(value)[:80]!r}.", field=f"parameters.{self.name}")


@dataclass(frozen=True)
class Method:
    """One way to make a map in the background. `function` runs in the compute process."""

    name: str
    title: str
    description: str
    function: str
    # Fewer vectors than this are refused.
    fewest: int
    has_seed: bool
    parameters: tuple[Parameter, ...] = ()


UMAP = Method(
    name="umap",
    title="UMAP",
    description="Keeps near vectors near: clusters and their neighbourhoods become visible.",
    function="apps.projections.compute.umap:umap",
    fewest=4,
    has_seed=True,
    parameters=(
        Parameter(
            name="n_neighbors",
            title="Neighbours",
            description="How many neighbours define what is near. Few show detail, many the overall shape.",
            kind="integer",
            default=15,
            minimum=2,
            maximum=200,
        ),
        Parameter(
            name="min_dist",
            title="Least distance",
            description="How close together near points may lie. At most the spread.",
            kind="number",
            default=0.1,
            minimum=0,
            maximum=3,
        ),
        Parameter(
            name="spread",
            title="Spread",
            description="The scale on which points spread out.",
            kind="number",
            default=1.0,
            minimum=0.1,
            maximum=3,
        ),
        Parameter(
            name="metric",
            title="Metric",
            description="The distance between vectors.",
            kind="choice",
            default="euclidean",
            choices=("euclidean", "cosine", "manhattan", "correlation"),
        ),
        Parameter(
            name="n_epochs",
            title="Epochs",
            description="Steps of the optimisation; chosen by the number of vectors where it is not given.",
            kind="integer",
            default=None,
            minimum=10,
            maximum=5000,
        ),
    ),
)

PCA = Method(
    name="pca",
    title="PCA",
    description="The two directions in which the vectors differ most: quick, exact, and the same every time.",
    function="apps.projections.compute.pca:pca",
    fewest=2,
    has_seed=False,
)

METHODS = {method.name: method for method in (UMAP, PCA)}


def get_method(name: str) -> Method:
    if name not in METHODS:
        raise BadUserInput(f"There is no method {name[:80]!r}; choose one of {', '.join(METHODS)}.", field="method")
    return METHODS[name]


def complete_parameters(method: Method, given: dict[str, Any] | None) -> dict[str, Any]:
    """All parameters of the method: the given ones, checked, and the defaults of the others."""
    given = given or {}
    known = [parameter.name for parameter in method.parameters]
    unknown = sorted(set(given) - set(known))
    if unknown:
        allowed = f"it has {', '.join(known)}" if known else "it has none"
        raise BadUserInput(
            f"{method.title} has no parameter {unknown[0][:80]!r}; {allowed}.", field=f"parameters.{unknown[0][:80]}"
        )
    complete = {
        parameter.name: parameter.checked(given.get(parameter.name, parameter.default))
        for parameter in method.parameters
    }
    if method is UMAP and complete["min_dist"] > complete["spread"]:
        raise BadUserInput(
            f"min_dist ({complete['min_dist']:g}) must be at most spread ({complete['spread']:g}).",
            field="parameters.min_dist",
        )
    return complete


def check_seed(method: Method, seed: int | None) -> int | None:
    """The seed, within bounds; None for methods that leave nothing to chance."""
    if seed is not None and not 0 <= seed <= LARGEST_SEED:
        raise BadUserInput(f"seed must be a whole number from 0 to {LARGEST_SEED}, not {seed}.", field="seed")
    return seed if method.has_seed else None
