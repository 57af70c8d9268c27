"""Filters as people write them, with names, turned into those that the server keeps, with ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from chroma_sdk._errors import InvalidArgument
from chroma_sdk._listing import named

if TYPE_CHECKING:
    from chroma_sdk._project import Project

NO_VALUE = "none"
# Fields whose values have ids, by what stands before the colon, and the method of Project that finds one by name.
NAMED = {"label": "category", "inference": "category", "tag": "tag", "dataset": "dataset"}
ABOUT_A_MODEL = ("inference", "agreement", "confidence")


def as_rule(project: Project, filters: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the rule that keeps what all of the filters keep.

    Raises
    ------
    InvalidArgument
        A filter is no dict with a field.
    NotFound
        A filter names something that the project does not have; the message lists the choices.
    """
    return {"version": 1, "filters": [_with_ids(project, place, each) for place, each in enumerate(filters)]}


def _with_ids(project: Project, place: int, given: Any) -> dict[str, Any]:
    if not isinstance(given, Mapping) or "field" not in given:
        problem = 'wanted a dict such as {"field": "label", "only": ["7"]}.'
        raise InvalidArgument(f"filters[{place}]", f"got {given!r}, {problem}")
    kind, colon, rest = str(given["field"]).partition(":")
    found = dict(given)
    if colon and kind in ABOUT_A_MODEL:
        found["field"] = f"{kind}:{_trained_model_id(project, rest)}"
    elif colon and kind == "score":
        analysis, _, score = rest.rpartition(":")
        found["field"] = f"score:{project.analysis(analysis).id}:{score}"
    if kind in NAMED:
        for way in {"only", "without"} & set(given):
            found[way] = [_id(project, kind, str(value)) for value in given[way]]
    elif kind == "source":
        for way in {"only", "without"} & set(given):
            found[way] = [
                value if value == "ground_truth" else _trained_model_id(project, value) for value in given[way]
            ]
    return found


def _id(project: Project, kind: str, name: str) -> str:
    if name == NO_VALUE:
        return name
    if kind == "dataset":
        return named(project.datasets(), name, noun="dataset", owner=project.full_name).id
    return str(getattr(project, NAMED[kind])(name).id)


def _trained_model_id(project: Project, name: str) -> str:
    """Return the id of "cnn 3"; model and version may both hold blanks."""
    known = {str(trained): trained.id for trained in project.trained_models()}
    if name not in known:
        choices = ", ".join(sorted(known)) or "none"
        raise InvalidArgument("filters", f"{project.full_name} has no trained model {name!r}; it has {choices}.")
    return known[name]
