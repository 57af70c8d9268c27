"""Rules as JSON: read with every part checked, and written in one form."""

from __future__ import annotations

import json
import math
from typing import Any

from apps.common.errors import BadUserInput
from apps.common.names import LONGEST_SEARCH, is_keepable
from apps.curation.rules.field_names import FIELD_KINDS, parse_field
from apps.curation.rules.rule import (
    VERSION,
    Field,
    Filter,
    Lasso,
    LassoMode,
    Polygon,
    RangeFilter,
    Rule,
    SearchFilter,
    ValuesFilter,
)

MOST_FILTERS = 50
# Each reads every key and text of the datasets.
MOST_SEARCHES = 5
MOST_VALUES = 1_000
MOST_LASSOS = 100
MOST_VERTICES = 10_000
MOST_DATASETS = 1_000
# The largest rule that a database row should hold.
LARGEST_RULE = 4 * 1024 * 1024
TESTS = ("only", "without", "range", "contains")


def parse_rule(data: Any, *, at: str = "rule") -> Rule:
    """The rule that the JSON says. Raises BadUserInput that names the place, as in `rule.filters[2].range`."""
    _object(data, at, allowed={"version", "filters", "lassos", "datasets"})
    if data.get("version", VERSION) != VERSION:
        raise _problem(f"{at}.version", f"must be {VERSION}")
    filters = _list(data.get("filters"), f"{at}.filters", at_most=MOST_FILTERS)
    lassos = _list(data.get("lassos"), f"{at}.lassos", at_most=MOST_LASSOS)
    datasets = data.get("datasets")
    rule = Rule(
        filters=tuple(_filter(each, f"{at}.filters[{place}]") for place, each in enumerate(filters)),
        lassos=tuple(_lasso(each, f"{at}.lassos[{place}]") for place, each in enumerate(lassos)),
        dataset_ids=None if datasets is None else _texts(datasets, f"{at}.datasets", at_most=MOST_DATASETS),
    )
    searches = [place for place, each in enumerate(rule.filters) if isinstance(each, SearchFilter)]
    if len(searches) > MOST_SEARCHES:
        raise _problem(
            f"{at}.filters[{searches[MOST_SEARCHES]}]", f"is one search too many; {MOST_SEARCHES} are allowed"
        )
    if len(json.dumps(as_json(rule))) > LARGEST_RULE:
        raise _problem(at, f"must be at most {LARGEST_RULE:,} bytes of JSON")
    return rule


def as_json(rule: Rule) -> dict[str, Any]:
    """The rule as people send it and databases keep it."""
    data: dict[str, Any] = {"version": VERSION, "filters": [_filter_as_json(each) for each in rule.filters]}
    if rule.lassos:
        data["lassos"] = [
            {"map": lasso.map_id, "mode": lasso.mode.value, "polygon": [[x, y] for x, y in lasso.polygon]}
            for lasso in rule.lassos
        ]
    if rule.dataset_ids is not None:
        data["datasets"] = list(rule.dataset_ids)
    return data


def _filter_as_json(each: Filter) -> dict[str, Any]:
    if isinstance(each, SearchFilter):
        return {"field": "search", "contains": each.text}
    if isinstance(each, RangeFilter):
        return {"field": str(each.field), "range": [each.low, each.high], "missing": each.keeps_missing}
    return {"field": str(each.field), "without" if each.is_without else "only": list(each.values)}


def _filter(data: Any, at: str) -> Filter:
    _object(data, at, allowed={"field", "missing", *TESTS})
    field = parse_field(data.get("field"), at=f"{at}.field")
    given = [test for test in TESTS if test in data]
    allowed = FIELD_KINDS[field.kind].tests
    if len(given) != 1 or given[0] not in allowed:
        raise _problem(
            f"{at}.{given[0]}" if len(given) == 1 else at, f"{field.kind} takes one of: {', '.join(allowed)}"
        )
    test = given[0]
    if "missing" in data and test != "range":
        raise _problem(f"{at}.missing", "belongs to a range")
    if test == "range":
        return _range(data, field, at)
    if test == "contains":
        return SearchFilter(_search(data["contains"], f"{at}.contains"))
    return _values(data[test], field, test, at)


def _values(data: Any, field: Field, test: str, at: str) -> ValuesFilter:
    values = _texts(data, f"{at}.{test}", at_most=MOST_VALUES)
    known = FIELD_KINDS[field.kind].values
    for place, value in enumerate(values):
        if known and value not in known:
            raise _problem(f"{at}.{test}[{place}]", f"must be one of: {', '.join(known)}")
    return ValuesFilter(field, values, is_without=test == "without")


def _range(data: Any, field: Field, at: str) -> RangeFilter:
    bounds, missing = data["range"], data.get("missing", False)
    if not isinstance(bounds, list) or len(bounds) != 2 or not all(each is None or _is_number(each) for each in bounds):
        raise _problem(f"{at}.range", "must be [low, high], each a number or null")
    if not isinstance(missing, bool):
        raise _problem(f"{at}.missing", "must be true or false")
    low, high = (None if each is None else float(each) for each in bounds)
    return RangeFilter(field, low, high, keeps_missing=missing)


def _search(text: Any, at: str) -> str:
    if not isinstance(text, str) or not 1 <= len(text) <= LONGEST_SEARCH or not is_keepable(text):
        raise _problem(at, f"must be a text of 1 to {LONGEST_SEARCH} characters")
    return text


def _lasso(data: Any, at: str) -> Lasso:
    _object(data, at, allowed={"map", "mode", "polygon"})
    map_id, mode = data.get("map"), data.get("mode", LassoMode.REPLACE.value)
    if not isinstance(map_id, str) or not is_keepable(map_id):
        raise _problem(f"{at}.map", "must be the id of a map")
    if mode not in list(LassoMode):
        raise _problem(f"{at}.mode", f"must be one of: {', '.join(LassoMode)}")
    return Lasso(map_id, LassoMode(mode), _polygon(data.get("polygon"), f"{at}.polygon"))


def _polygon(data: Any, at: str) -> Polygon:
    vertices = _list(data, at, at_most=MOST_VERTICES)
    if len(vertices) < 3:
        raise _problem(at, f"must have at least 3 vertices, not {len(vertices)}")
    for place, vertex in enumerate(vertices):
        if not isinstance(vertex, list) or len(vertex) != 2 or not all(_is_number(each) for each in vertex):
            raise _problem(f"{at}[{place}]", "must be [x, y], two finite numbers")
    return tuple((float(x), float(y)) for x, y in vertices)


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return math.isfinite(float(value))
    except OverflowError:
        return False


def _texts(data: Any, at: str, *, at_most: int) -> tuple[str, ...]:
    texts = _list(data, at, at_most=at_most)
    for place, text in enumerate(texts):
        if not isinstance(text, str) or not is_keepable(text):
            raise _problem(f"{at}[{place}]", "must be a text")
    return tuple(texts)


def _list(data: Any, at: str, *, at_most: int) -> list[Any]:
    if data is None:
        return []
    if not isinstance(data, list):
        raise _problem(at, "must be a list")
    if len(data) > at_most:
        raise _problem(at, f"may have {at_most:,} entries, not {len(data):,}")
    return data


def _object(data: Any, at: str, *, allowed: set[str]) -> None:
    if not isinstance(data, dict):
        raise _problem(at, "must be an object")
    unknown = next((name for name in data if name not in allowed), None)
    if unknown is not None:
        raise _problem(at, f"has no {str(unknown)[:40]!r}; it takes {', '.join(sorted(allowed))}")


def _problem(at: str, sentence: str) -> BadUserInput:
    return BadUserInput(f"{at} {sentence}.", field=at)
