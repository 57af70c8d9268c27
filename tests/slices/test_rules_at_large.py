"""Rules of every kind over made-up data, compared with a plain evaluation in Python."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from apps.accounts.actor import Actor
from apps.datasets.models import ColumnKind, Tag, TagMembership
from apps.lineage.models import TrainedModel
from apps.projections.precomputed import store_positions
from tests.compute.test_polygon import is_inside
from tests.data import make_category, make_dataset, make_embedding_set, make_inference_set, make_metadata

ROWS = 40
NAMES = ["a", "b", "c"]
FIELDS = ["label", "inference", "agreement", "confidence", "tag", "day", "city", "search"]


@pytest.fixture
def facts(alice, project):
    """What is known of each datapoint, as plain Python; the same is stored."""
    rng = np.random.default_rng(7)
    labels = [None if rng.random() < 0.3 else str(rng.choice(NAMES)) for _ in range(ROWS)]
    inferences = [None if rng.random() < 0.3 else str(rng.choice(NAMES)) for _ in range(ROWS)]
    confidences = [round(float(value), 1) for value in rng.random(ROWS)]
    days, cities = rng.integers(0, 6, ROWS - 10), [str(rng.choice(NAMES)) for _ in range(ROWS - 5)]
    dataset = make_dataset(project, count=ROWS, labels=labels)
    make_inference_set(dataset, inferences, confidences=[c for c, i in zip(confidences, inferences, strict=True) if i])
    make_metadata(dataset, "day", ColumnKind.INTEGER, days)
    make_metadata(dataset, "city", ColumnKind.TEXT, cities)
    tags = {name: {row for row in range(ROWS) if rng.random() < 0.4} for name in NAMES}
    for name, rows in tags.items():
        TagMembership.objects.create(
            tag=Tag.objects.create(project=project, name=name), dataset=dataset, rows=BitMap(rows).serialize(),
            datapoint_count=len(rows),
        )  # fmt: skip
    positions = rng.integers(-3, 4, (ROWS, 2)).astype(np.float32)
    placed = store_positions(
        actor=Actor(user=alice),
        embedding_sets=[make_embedding_set(dataset, np.eye(ROWS))],
        positions=positions,
        name="M",
    )
    rows = [
        {
            "label": labels[row],
            "inference": inferences[row],
            "agreement": agreement(labels[row], inferences[row]),
            "confidence": float(np.float32(confidences[row])) if inferences[row] else None,
            "tag": [name for name in NAMES if row in tags[name]],
            "day": int(days[row]) if row < len(days) else None,
            "city": cities[row] if row < len(cities) else None,
            "search": f"k{row}",
            "place": tuple(map(float, positions[row])),
        }
        for row in range(ROWS)
    ]
    model = TrainedModel.objects.get().pk
    categories = {name: str(make_category(project, name).pk) for name in NAMES}
    return {
        "rows": rows,
        "map": str(placed.pk),
        "fields": {
            "label": "label", "inference": f"inference:{model}", "agreement": f"agreement:{model}",
            "confidence": f"confidence:{model}", "tag": "tag", "day": "metadata:day", "city": "metadata:city",
        },
        "ids": {"label": categories, "inference": categories, "tag": {t.name: str(t.pk) for t in Tag.objects.all()}},
    }  # fmt: skip


def agreement(label, inference):
    if label is None:
        return "no-label"
    return "no-inference" if inference is None else "agree" if label == inference else "disagree"


bounds = st.none() | st.floats(-1, 7, width=16)


@st.composite
def questions(draw):
    field = draw(st.sampled_from(FIELDS))
    if field == "search":
        return field, "contains", draw(st.sampled_from(["k", "K1", "7", "x"])), False
    if field == "confidence" or (field == "day" and draw(st.booleans())):
        return field, "range", [draw(bounds), draw(bounds)], draw(st.booleans())
    known = {"agreement": ["agree", "disagree", "no-label", "no-inference"], "day": ["0", "1", "2", "none", "x"]}
    values = st.lists(st.sampled_from(known.get(field, [*NAMES, "none"])), max_size=3)
    return field, draw(st.sampled_from(["only", "without"])), draw(values), False


corner = st.tuples(st.integers(-4, 4), st.integers(-4, 4))
steps = st.tuples(st.sampled_from(["replace", "add", "remove"]), st.lists(corner, min_size=3, max_size=6))


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(filters=st.lists(questions(), max_size=3), lassos=st.lists(steps, max_size=3))
def test_a_rule_means_what_plain_python_says(meant, facts, filters, lassos):
    rule = {
        "filters": [as_json(facts, *each) for each in filters],
        "lassos": [{"map": facts["map"], "mode": mode, "polygon": corners} for mode, corners in lassos],
    }
    wanted = [
        row
        for row, each in enumerate(facts["rows"])
        if all(passes(each, *test) for test in filters) and is_lassoed(each["place"], lassos)
    ]
    assert meant(rule) == wanted


def as_json(facts, field, test, asked, missing):
    if test == "contains":
        return {"field": field, test: asked}
    if test == "range":
        return {"field": facts["fields"][field], test: asked, "missing": missing}
    ids = facts["ids"].get(field, {})
    return {"field": facts["fields"][field], test: [ids.get(value, value) for value in asked]}


def passes(each, field, test, asked, missing):
    value = each[field]
    if test == "contains":
        return asked.lower() in value
    if test == "range":
        low, high = asked
        if value is None:
            return missing
        return (low is None or value >= low) and (high is None or value <= high)
    own = value if field == "tag" else [] if value is None else [str(value)]
    return bool({*(own or ["none"])} & {*asked}) == (test == "only")


def is_lassoed(place, lassos):
    inside = not lassos or lassos[0][0] == "remove"
    for mode, corners in lassos:
        hit = is_inside(corners, *place)
        inside = {"replace": hit, "add": inside or hit, "remove": inside and not hit}[mode]
    return inside
