from __future__ import annotations

from apps.curation.models import Selection

FILTER = {"field": "label", "only": ["1"]}
LASSO = {"map": "x", "mode": "add", "polygon": [[0, 0], [1, 0], [1, 1]]}

BAD = [
    ([], "rule"),
    ({"filter": []}, "rule"),
    ({"version": 2}, "rule.version"),
    ({"filters": {}}, "rule.filters"),
    ({"filters": [FILTER] * 51}, "rule.filters"),
    ({"filters": [FILTER, 7]}, "rule.filters[1]"),
    ({"filters": [{"only": []}]}, "rule.filters[0].field"),
    ({"filters": [{"field": "size", "only": []}]}, "rule.filters[0].field"),
    ({"filters": [{"field": "label:7", "only": []}]}, "rule.filters[0].field"),
    ({"filters": [{"field": "inference", "only": []}]}, "rule.filters[0].field"),
    ({"filters": [{"field": "metadata:", "only": []}]}, "rule.filters[0].field"),
    ({"filters": [{"field": "score:x", "range": [0, 1]}]}, "rule.filters[0].field"),
    ({"filters": [{"field": "metadata:\x00", "only": []}]}, "rule.filters[0].field"),
    ({"filters": [{"field": "label"}]}, "rule.filters[0]"),
    ({"filters": [{**FILTER, "without": []}]}, "rule.filters[0]"),
    ({"filters": [{**FILTER, "missing": True}]}, "rule.filters[0].missing"),
    ({"filters": [{"field": "label", "range": [0, 1]}]}, "rule.filters[0].range"),
    ({"filters": [{"field": "search", "only": ["x"]}]}, "rule.filters[0].only"),
    ({"filters": [{"field": "label", "only": "1"}]}, "rule.filters[0].only"),
    ({"filters": [{"field": "label", "only": ["1", 1]}]}, "rule.filters[0].only[1]"),
    ({"filters": [{"field": "label", "only": ["1"] * 1001}]}, "rule.filters[0].only"),
    ({"filters": [{"field": "role", "only": ["box"]}]}, "rule.filters[0].only[0]"),
    ({"filters": [{"field": "agreement:x", "without": ["yes"]}]}, "rule.filters[0].without[0]"),
    ({"filters": [FILTER, FILTER, {"field": "metadata:day", "range": [0]}]}, "rule.filters[2].range"),
    ({"filters": [{"field": "metadata:day", "range": [0, True]}]}, "rule.filters[0].range"),
    ({"filters": [{"field": "metadata:day", "range": [0, 10**400]}]}, "rule.filters[0].range"),
    ({"filters": [{"field": "metadata:day", "range": [0, 1], "missing": 1}]}, "rule.filters[0].missing"),
    ({"filters": [{"field": "search", "contains": ""}]}, "rule.filters[0].contains"),
    ({"filters": [{"field": "search", "contains": "x"}] * 6}, "rule.filters[5]"),
    ({"lassos": [LASSO] * 101}, "rule.lassos"),
    ({"lassos": [{**LASSO, "map": 7}]}, "rule.lassos[0].map"),
    ({"lassos": [{**LASSO, "map": "\x00"}]}, "rule.lassos[0].map"),
    ({"lassos": [{**LASSO, "mode": "xor"}]}, "rule.lassos[0].mode"),
    ({"lassos": [{**LASSO, "polygon": [[0, 0], [1, 1]]}]}, "rule.lassos[0].polygon"),
    ({"lassos": [{**LASSO, "polygon": [[0, 0]] * 10_001}]}, "rule.lassos[0].polygon"),
    ({"lassos": [{**LASSO, "polygon": [[0, 0], [1, 0], [1, "1"]]}]}, "rule.lassos[0].polygon[2]"),
    ({"datasets": "x"}, "rule.datasets"),
]


def test_a_bad_rule_is_refused_with_the_place(client_for, bob, project):
    client = client_for(bob)
    for rule, place in BAD:
        answer = client.post(
            f"/bulk/v1/projects/{project.pk}/selections", {"rule": rule}, content_type="application/json"
        )
        error = answer.json()["error"]
        assert (answer.status_code, error["code"], error["field"]) == (422, "BAD_USER_INPUT", place)
        assert error["message"].startswith(place)
    assert not Selection.objects.exists()


def test_numbers_that_are_none_are_refused(client_for, bob, project):
    body = '{"rule": {"filters": [{"field": "metadata:day", "range": [-1e400, 1e400]}]}}'
    answer = client_for(bob).post(f"/bulk/v1/projects/{project.pk}/selections", body, content_type="application/json")
    assert answer.json()["error"]["field"] == "rule.filters[0].range"


def test_a_lasso_that_would_take_minutes_is_refused(meant, client_for, bob, project, placed, monkeypatch):
    monkeypatch.setattr("apps.curation.compute.polygon.MOST_TESTS", 10)
    zigzag = [[x % 2 * 9 - 1, x % 3 - 1] for x in range(30)]
    rule = {"lassos": [{"map": str(placed.pk), "mode": "replace", "polygon": zigzag}]}
    answer = client_for(bob).post(
        f"/bulk/v1/projects/{project.pk}/selections", {"rule": rule}, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["error"]["field"]) == (422, "rule.lassos[0].polygon")


def test_lassos_that_would_take_minutes_together_are_refused(meant, client_for, bob, project, placed, monkeypatch):
    monkeypatch.setattr("apps.curation.compute.polygon.MOST_TESTS", 30)
    # Two of its edges pass beside each of the six points.
    lasso = {"map": str(placed.pk), "mode": "add", "polygon": [[-1, -1], [9, -1], [9, 1], [-1, 1]]}
    assert meant({"lassos": [lasso] * 2}) == [0, 1, 2, 3, 4, 5]
    answer = client_for(bob).post(
        f"/bulk/v1/projects/{project.pk}/selections",
        {"rule": {"lassos": [lasso] * 3}},
        content_type="application/json",
    )
    assert (answer.status_code, answer.json()["error"]["field"]) == (422, "rule.lassos[2].polygon")


def test_a_rule_that_nobody_could_evaluate_becomes_no_slice(act, gql, bob, project, placed, monkeypatch):
    made = act(bob, "createSlice", {"projectId": str(project.pk), "name": "Fine", "rule": {}}, "slice { id }")["slice"][
        "id"
    ]
    monkeypatch.setattr("apps.curation.compute.polygon.MOST_TESTS", 10)
    square = [[-1, -1], [9, -1], [9, 1], [-1, 1]]
    rule = {"lassos": [{"map": str(placed.pk), "mode": "add", "polygon": square}]}
    for mutation, input in (
        ("createSlice", {"projectId": str(project.pk), "name": "Intricate", "rule": rule}),
        ("updateSlice", {"id": made, "rule": rule}),
    ):
        assert act(bob, mutation, input, "slice { id }")["errors"][0]["field"] == "rule.lassos[0].polygon"
    query = "query ($id: ID!) { slices(projectId: $id) { edges { node { name datapointCount } } } }"
    [edge] = gql(bob, query, {"id": str(project.pk)})["data"]["slices"]["edges"]
    assert edge["node"] == {"name": "Fine", "datapointCount": 6}
