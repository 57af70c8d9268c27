"""Names that people give are values, never a part of a query: they are stored and found as they are."""

from __future__ import annotations

import ast

import pytest

from apps.datasets.models import Datapoint, MetadataField, Tag
from tests.data import make_dataset
from tests.limits.test_nothing_runs import SERVER, calls_in
from tests.logging.upload import Uploader, dense

pytestmark = pytest.mark.holds(1, 4)
NAMES = [
    'a") OR 1=1--', "a' OR '1'='1", "a; DROP TABLE datasets_datapoint; --", "a.b", "a__b", "pk__in", "_connector",
    "_negated", "password", "project__members__user__password", "%s", "%(x)s", "{0}", "{x.__class__}", "__proto__",
    "constructor", "a\\", '"', "`", "$1", "$where", "*", "%", "_", "[0]", "$.a", "a->b", "a::text",
    "/* x */", "--", "select",
]  # fmt: skip
RAW = {"extra", "raw", "RawSQL"}


def test_no_query_is_built_from_what_users_name():
    """`filter(**x)` only with names that the code itself spells; no SQL put together from texts."""
    spread = []
    for path in SERVER:
        if "migrations" in path.parts:
            continue
        for node, name in calls_in(path):
            assert name not in RAW, (path, node.lineno)
            is_query = name in {"filter", "exclude", "annotate", "alias", "order_by", "get", "aggregate", "values"}
            if is_query and any(word.arg is None for word in node.keywords):
                spread += [(path.name, key) for word in node.keywords if word.arg is None for key in _keys(word.value)]
    assert {name for _, name in spread if name == "?"} == set(), spread


def _keys(value: ast.AST):
    """The keys of a mapping that is spread into a call: those that are made of parameters are '?'."""
    if isinstance(value, ast.Dict):
        return ["fixed" if _is_ours(key) else "?" for key in value.keys]
    return ["ours" if isinstance(value, ast.Call | ast.Name | ast.Attribute) else "?"]


def _is_ours(key: ast.AST | None) -> bool:
    return isinstance(key, ast.Constant | ast.JoinedStr | ast.Name | ast.Attribute)


@pytest.fixture
def logged(project, alice, client_for):
    dataset = make_dataset(project, "names")
    columns = {f"metadata:{name}": [number, None] for number, name in enumerate(NAMES)}
    Uploader(client_for(alice), dataset).log({"key": ["a", "b"]} | columns)
    return dataset


def test_metadata_of_any_name_is_stored_and_read_literally(logged, alice, client_for, gql):
    fields = {field.name: field for field in MetadataField.objects.filter(dataset=logged)}
    assert set(fields) == set(NAMES)
    for number, name in enumerate(NAMES):
        assert dense(client_for(alice), logged, f"metadata:{fields[name].pk}")[0] == number, name
    assert Datapoint.objects.filter(dataset=logged).count() == 2


@pytest.mark.parametrize("argument", ["search", "tagId", "role", "parentId", "datasetId"])
def test_no_argument_of_a_list_is_a_part_of_its_query(gql, alice, logged, argument):
    for name in NAMES if argument == "search" else NAMES[::4]:
        answer = gql(
            alice, f"query ($t: {_kind(argument)}) {{ datapoints({argument}: $t) {{ totalCount }} }}", {"t": name}
        )
        codes = {error["extensions"]["code"] for error in answer.get("errors", [])}
        assert codes <= {"BAD_USER_INPUT", "NOT_FOUND"}, (name, answer)
        if not codes:
            assert answer["data"]["datapoints"]["totalCount"] == 0, (name, answer)


def _kind(argument: str) -> str:
    return {"search": "String", "role": "DatapointRole"}.get(argument, "ID")


def test_tags_of_any_name_are_kept_and_found_literally(gql, alice, project):
    create = "mutation ($i: CreateTagInput!) { createTag(input: $i) { tag { id name } errors { code message } } }"
    for name in NAMES:
        answer = gql(alice, create, {"i": {"projectId": str(project.pk), "name": name}})["data"]["createTag"]
        assert answer["errors"] == [], answer
        assert answer["tag"]["name"] == name
    assert set(Tag.objects.values_list("name", flat=True)) == set(NAMES)


CREATE = """
    mutation ($i: CreateSliceInput!) { createSlice(input: $i) { slice { datapointCount } errors { code message } } }"""


def test_rules_name_fields_literally_or_not_at_all(gql, alice, project, logged):
    for number, name in enumerate(NAMES):
        wanted = {"projectId": str(project.pk), "name": f"s{number}"}
        rule = {"filters": [{"field": f"metadata:{name}", "range": [number, number]}]}
        made = gql(alice, CREATE, {"i": wanted | {"rule": rule}})["data"]["createSlice"]
        assert made == {"slice": {"datapointCount": 1}, "errors": []}, name
        rule = {"filters": [{"field": name, "only": ["x"]}]}
        made = gql(alice, CREATE, {"i": wanted | {"name": "none", "rule": rule}})["data"]["createSlice"]
        assert {error["code"] for error in made["errors"]} == {"BAD_USER_INPUT"}, name
