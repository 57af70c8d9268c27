"""No query costs more than it may: it is refused before it runs, or answered within its budget."""

from __future__ import annotations

import json
import time

import pytest

from apps.jobs.models import Job
from tests.cast import make_client
from tests.data import make_dataset

pytestmark = pytest.mark.holds(19)
# Generous: it says that nothing was worked through, on a machine that may be busy.
SOON = 30.0
NINES = "9" * 5_000
DEEP = "[" * 10_000 + "]" * 10_000
LONGEST = 900_000


@pytest.fixture
def post(alice, project, growth):
    """post(query, variables) -> the status and the errors; answers come at once and all together need little memory."""
    client = make_client(alice)
    client.raise_request_exception = False
    client.post("/graphql", {"query": "{ me { id } }"}, content_type="application/json")

    def post(query, variables=None, *, body=None):
        body = body or json.dumps({"query": query, "variables": variables or {}})
        started = time.monotonic()
        response = client.post("/graphql", body, content_type="application/json")
        assert time.monotonic() - started < SOON
        answer = response.json()
        return response.status_code, [answer["error"]] if "error" in answer else answer.get("errors", [])

    with growth(at_most=20):
        yield post


def codes(errors) -> set[str]:
    """What the errors say they are, wherever they are told."""
    return {error["code"] if "code" in error else error["extensions"]["code"] for error in errors}


def braces(parts) -> str:
    return "{ " + " ".join(parts) + " }"


FRAGMENTS = " ".join(
    ["{ ...F0 }"]
    + [f"fragment F{number} on Query {{ ...F{number + 1} ...F{number + 1} }}" for number in range(12)]
    + ["fragment F12 on Query { me { id } }"]
)
DEEPER = "{ projects { edges { node {" + " jobs { edges { node { project {" * 3 + " name " + "} } } }" * 3 + "} } } }"
MANY_KEYS = ",".join(f'"k{n}"' for n in range(10_001))
TOO_COMPLEX = {
    "13 levels": DEEPER,
    "31 aliases": braces(f"a{n}: me {{ id }}" for n in range(31)),
    "2,000 aliases": braces(f"a{n}:__typename" for n in range(2_000)),
    "aliases by fragments": "{ ...F ...F ...F ...F } fragment F on Query "
    + braces(f"a{n}: me {{ id }}" for n in range(9)),
    "2^12 fragments": FRAGMENTS,
    "a field 5,000 times": braces(["__typename"] * 5_000),
    "3,000 directives": "{ me " + "@include(if: true) " * 3_000 + "{ id } }",
    "pages within pages": "{ projects(first: 500) { edges { node { jobs(first: 500) { edges { cursor } } } } } }",
    "a wide list of arguments": "{ projects(" + ", ".join(f"a{n}: 1" for n in range(2_000)) + ") { totalCount } }",
    "5,000 variables": "query (" + " ".join(f"$v{n}: Int" for n in range(5_000)) + ") { me { id } }",
    "a list of 10,001 literals": f"{{ datapoints(keys: [{MANY_KEYS}]) {{ totalCount }} }}",
}


def test_a_query_that_is_too_complex_is_refused(post):
    for name, query in TOO_COMPLEX.items():
        status, errors = post(query)
        assert (status, codes(errors)) == (400, {"QUERY_TOO_COMPLEX"}), (name, errors)


MALFORMED = {
    "200 levels of nothing": "{ me " * 200 + "{ id }" + " }" * 200,
    "5,000 levels of nothing": "{" * 5_000,
    "lists in lists": "{ datapoints(keys: " + DEEP + ") { totalCount } }",
    "objects in objects": "{ datapoints(keys: " + "{a:" * 900 + "1" + "}" * 900 + ") { totalCount } }",
    "fragments in a circle": "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
    "a number of 5,000 digits": f"{{ projects(first: {NINES}) {{ totalCount }} }}",
    "it as a default": f"query ($n: Int = {NINES}) {{ projects(first: $n) {{ totalCount }} }}",
    "it in a list": f"{{ datapoints(keys: [{NINES}]) {{ totalCount }} }}",
    "it where an id is wanted": f"{{ project(id: {NINES}) {{ name }} }}",
    "it where a fraction is wanted": f"{{ projects(first: 1.{NINES}e5) {{ totalCount }} }}",
    "it as a fraction beyond all measure": "{ projects(first: 1e999999999) { totalCount } }",
    "it in a directive": f"{{ me @include(if: {NINES}) {{ id }} }}",
    "an unknown directive": "{ me @nonsense { id } }",
    "a fragment that nobody knows": "{ me { ...Nowhere } }",
    "a query that never ends": '{ me { id } } "' + "x" * 10_000,
    "no query": "   ",
    "only a comment": "# " + "x" * 10_000,
}


def test_a_query_that_makes_no_sense_is_refused(post):
    for name, query in MALFORMED.items():
        status, errors = post(query)
        assert status == 400, (name, errors)
        assert codes(errors) <= {"BAD_USER_INPUT", "QUERY_TOO_COMPLEX"}, (name, errors)
        assert NINES not in json.dumps(errors), name


@pytest.mark.parametrize(
    "operation",
    [
        "mutation { createProject(input: {name: " + NINES + "}) { errors { code } } }",
        "mutation { runProjection(input: {embeddingSetIds: [], method: \"umap\", parameters: {n_neighbors: "
        + NINES + "}}) { errors { code } } }",
        "mutation { createSlice(input: {projectId: \"x\", name: \"s\", rule: {filters: [{field: \"label\", value: "
        + NINES + "}]}}) { errors { code } } }",
    ],
)  # fmt: skip
def test_a_number_that_no_computer_counts_to_is_refused_in_mutations_too(post, operation):
    status, errors = post(operation)
    assert (status, codes(errors)) == (400, {"BAD_USER_INPUT"})


BODIES = {
    "nothing": b"",
    "an empty object": b"{}",
    "no object": b"null",
    "a list of two": json.dumps([{"query": "{ me { id } }"}] * 2).encode(),
    "an empty query": b'{"query": ""}',
    "a number as the query": b'{"query": 7}',
    "variables that are a list": b'{"query": "{ me { id } }", "variables": []}',
    "variables nested 10,000 deep": b'{"query": "{ me { id } }", "variables": {"a": %s}}' % DEEP.encode(),
    "a byte order mark": b'\xef\xbb\xbf{"query": "{ me { id } }"}',
    "half a surrogate pair": b'{"query": "{ me { id } }", "variables": {"a": "\\ud800"}}',
    "no UTF-8": b'{"query": "{ me { id \xff} }"}',
    "a name that is no text": b'{"query": "{ me { id } }", "operationName": 5}',
    "an operation that is not there": b'{"query": "query A { me { id } }", "operationName": "B"}',
    "not a number": b'{"query": "query ($n: Int) { tags(first: $n) { totalCount } }", "variables": {"n": NaN}}',
    "too large a number": b'{"query": "query ($n: Int) { tags(first: $n) { totalCount } }", "variables": {"n": 1e400}}',
}


def test_a_body_that_is_no_query_is_refused(post):
    for name, body in BODIES.items():
        status, errors = post(None, body=body)
        assert (status, codes(errors)) == (400, {"BAD_USER_INPUT"}), (name, errors)


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("# " + "x" * LONGEST + "\n{ me { id } }", {}),
        ("{ me { id } }", {"x": "x" * LONGEST}),
        ("{ me { id } }", {"x": [0] * 200_000}),
        ("{ me { id } }", {f"k{n}": n for n in range(40_000)}),
        ("query ($k: [String!]) { datapoints(keys: $k) { totalCount } }", {"k": ["k"] * 100_000}),
        ("query ($t: String) { datapoints(search: $t) { totalCount } }", {"t": "%" * LONGEST}),
    ],
    ids=["a long comment", "a long text", "a long list", "many variables", "many keys", "a long search"],
)
def test_the_largest_bodies_are_worked_through_in_little_memory(post, query, variables):
    status, errors = post(query, variables)
    assert status in {200, 400}
    assert codes(errors) <= {"BAD_USER_INPUT", "LIMIT_EXCEEDED"}, errors


PAGES = [{"first": -1}, {"first": 501}, {"first": 2**31 - 1}, {"first": 1, "last": 1}, {"last": 501}]


def test_a_page_is_of_a_size_that_is_allowed(post):
    for name in ("projects", "datapoints", "jobs", "tags"):
        for page in PAGES:
            arguments = ", ".join(f"{argument}: {value}" for argument, value in page.items())
            _, errors = post(f"{{ {name}({arguments}) {{ edges {{ cursor }} }} }}")
            assert codes(errors) == {"LIMIT_EXCEEDED" if max(page.values()) > 500 else "BAD_USER_INPUT"}, errors


IDS = ["abc", "", "0", "-1", str(10**30), "1e5", "1.5", "\x00", "٣", "x" * 10_000, "[1]", "{}"]


def test_an_id_that_is_none_is_of_nothing(post):
    for noun in ("project", "tag", "dataset", "datapoint", "resource", "job"):
        for id in IDS:
            _, errors = post(f"query ($id: ID!) {{ {noun}(id: $id) {{ __typename }} }}", {"id": id})
            assert codes(errors) == {"NOT_FOUND"}, (noun, id, errors)


SEARCHES = ["%" * 200, "_" * 200, "(a+)+$" * 30, "'; DROP TABLE x; --", "\\" * 50, "\x00", "x" * 10_000]


def test_a_search_is_for_these_very_characters(post, gql, alice, project):
    make_dataset(project, count=3)
    query = "query ($t: String) { datapoints(search: $t) { totalCount } }"
    for text in SEARCHES:
        _, errors = post(query, {"t": text})
        assert codes(errors) <= {"BAD_USER_INPUT"}, (text[:20], errors)
        if not errors:
            assert gql(alice, query, {"t": text})["data"]["datapoints"]["totalCount"] == 0, text[:20]


LISTS = {
    "runProjection": 'input: {embeddingSetIds: $list, method: "pca"}',
    "runClassQuality": 'input: {referenceEmbeddingSetId: "1", targetEmbeddingSetIds: $list}',
    "createExport": 'input: {projectId: "PROJECT", format: CSV, embeddingSetIds: $list}',
}


def test_a_list_of_more_ids_than_are_allowed_is_refused_whatever_they_are(post, gql, alice, project):
    for name, arguments in LISTS.items():
        arguments = arguments.replace("PROJECT", str(project.pk))
        query = f"mutation ($list: [ID!]!) {{ answer: {name}({arguments}) {{ errors {{ code message }} }} }}"
        assert post(query, {"list": ["1"] * 10_001})[1] == []
        [error] = gql(alice, query, {"list": ["1"] * 10_001})["data"]["answer"]["errors"]
        assert error["code"] == "LIMIT_EXCEEDED", (name, error)
    assert not Job.objects.exists()
