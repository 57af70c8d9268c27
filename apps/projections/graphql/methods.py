"""The methods that make maps, as the API describes them, and what a run would take."""

from __future__ import annotations

from dataclasses import fields

import strawberry
from strawberry.scalars import JSON

from apps.projections.estimate import Estimate
from apps.projections.methods import Engine, Method, Parameter


@strawberry.type
class ProjectionParameter:
    """One parameter of a method and its bounds."""

    name: str
    title: str
    description: str
    kind: str = strawberry.field(description='"integer", "number", "choice" or "boolean"')
    default: JSON | None = strawberry.field(description="Null where the method chooses.")
    minimum: float | None
    maximum: float | None
    choices: list[str] | None
    is_advanced: bool = strawberry.field(description="For those who know what they do.")


@strawberry.type
class ProjectionPreset:
    """Parameters of a method that go together; the others keep their defaults."""

    name: str
    title: str
    description: str
    parameters: JSON


@strawberry.type
class ProjectionEngine:
    """An implementation of a method, chosen by its parameter `engine`."""

    name: str
    title: str
    description: str
    available: bool
    unavailable_reason: str | None


@strawberry.type
class ProjectionMethod:
    """A way to make a map."""

    name: str
    title: str
    description: str
    advice: str = strawberry.field(description="When to choose it.")
    available: bool = strawberry.field(description="Whether this server can run it.")
    unavailable_reason: str | None
    has_seed: bool = strawberry.field(description="Whether a seed gives the same map again.")
    parameters: list[ProjectionParameter]
    presets: list[ProjectionPreset]
    engines: list[ProjectionEngine] = strawberry.field(description="Empty where there is only one.")


@strawberry.type
class ProjectionEstimate:
    """What a run would take on this server, if it has nothing else to do."""

    count: int = strawberry.field(description="Datapoints on the map.")
    seconds: float
    bytes: float = strawberry.field(description="Of memory.")
    text: str = strawberry.field(description='As in "about 4 minutes".')
    warning: str | None = strawberry.field(description="A sentence, where it takes ten minutes or longer.")
    needs_confirmation: bool = strawberry.field(description="Whether it takes an hour or longer.")


def describe_method(method: Method) -> ProjectionMethod:
    reason = method.missing()
    return ProjectionMethod(
        name=method.name,
        title=method.title,
        description=method.description,
        advice=method.advice,
        available=reason is None,
        unavailable_reason=reason,
        has_seed=method.has_seed,
        parameters=[_parameter(parameter) for parameter in method.parameters],
        presets=[
            ProjectionPreset(name=each.name, title=each.title, description=each.description, parameters=each.parameters)
            for each in method.presets
        ],
        engines=[_engine(engine) for engine in method.engines],
    )


def describe_estimate(estimate: Estimate) -> ProjectionEstimate:
    return ProjectionEstimate(
        count=estimate.count,
        seconds=round(estimate.seconds, 1),
        bytes=float(estimate.memory),
        text=estimate.text,
        warning=estimate.warning,
        needs_confirmation=estimate.needs_confirmation,
    )


def _parameter(parameter: Parameter) -> ProjectionParameter:
    facts = {field.name: getattr(parameter, field.name) for field in fields(parameter)}
    return ProjectionParameter(**facts)


def _engine(engine: Engine) -> ProjectionEngine:
    reason = engine.missing()
    return ProjectionEngine(
        name=engine.name,
        title=engine.title,
        description=engine.description,
        available=reason is None,
        unavailable_reason=reason,
    )
