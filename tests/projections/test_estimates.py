from __future__ import annotations

import itertools

import pytest

from apps.projections.estimate import CONFIRM_FROM, WARN_FROM, Estimate, spoken
from apps.projections.methods import METHODS, complete_parameters

QUERY = """query ($ids: [ID!]!, $method: String!, $parameters: JSON) {
  projectionEstimate(embeddingSetIds: $ids, method: $method, parameters: $parameters) {
    count seconds bytes text warning needsConfirmation } }"""


@pytest.mark.parametrize("method", list(METHODS))
def test_more_and_longer_vectors_never_cost_less(method):
    parameters = complete_parameters(METHODS[method], {})

    def cost(n, d):
        found = METHODS[method].cost(n, d, parameters)
        return found.shared + found.alone, found.memory

    # PaCMAP and UMAP take fewer steps from 10,001 on, so sizes lie apart.
    sizes, dimensions = (1000, 9000, 60_000, 400_000, 3_000_000), (2, 64, 128, 768, 4096)
    for d in dimensions:
        for fewer, more in itertools.pairwise(cost(n, d) for n in sizes):
            assert fewer[0] < more[0]
            assert fewer[1] < more[1]
    for n in sizes:
        for shorter, longer in itertools.pairwise(cost(n, d) for d in dimensions):
            assert shorter[0] <= longer[0]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.1, "5 seconds"), (41, "40 seconds"), (90, "2 minutes"), (250, "4 minutes"), (7199, "120 minutes"),
     (7200, "2 hours"), (200_000, "2 days")],
)  # fmt: skip
def test_times_are_spoken_as_round_numbers(seconds, words):
    assert spoken(seconds) == words


def test_long_runs_are_warned_of_and_very_long_ones_want_a_confirmation():
    short, long, very_long = (Estimate(1, seconds, 1) for seconds in (WARN_FROM - 1, WARN_FROM, CONFIRM_FROM))
    assert (short.warning, short.needs_confirmation) == (None, False)
    assert long.warning == "This takes about 10 minutes; other maps of this server wait meanwhile."
    assert (long.needs_confirmation, very_long.needs_confirmation) == (False, True)


def test_members_get_an_estimate_and_what_cannot_be_made_is_refused(gql, vera, charlie, train):
    given = {"ids": [str(train.pk)], "method": "umap", "parameters": {"n_neighbors": 5}}
    found = gql(vera, QUERY, given)["data"]["projectionEstimate"]
    assert (found["count"], found["text"], found["warning"]) == (40, f"about {spoken(found['seconds'])}", None)
    assert found["bytes"] > 0
    assert gql(charlie, QUERY, given)["errors"][0]["extensions"]["code"] == "NOT_FOUND"
    refused = gql(vera, QUERY, {**given, "parameters": {"n_neighbors": 1}})
    assert refused["errors"][0]["extensions"]["field"] == "parameters.n_neighbors"
