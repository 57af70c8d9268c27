from __future__ import annotations

import chroma_sdk as chroma
import httpx
import pytest

ME = {"data": {"me": {"id": "1", "username": "alice"}}}


def in_turn(*answers):
    """Answer each request with the next: a response, or an exception to raise."""
    remaining = list(answers)

    def answer(request: httpx.Request) -> httpx.Response:
        following = remaining.pop(0)
        if isinstance(following, Exception):
            raise following
        return following

    return answer


@pytest.mark.parametrize(
    "failure",
    [
        pytest.param(httpx.Response(503), id="busy"),
        pytest.param(httpx.Response(502), id="gateway"),
        pytest.param(httpx.ReadError("gone"), id="connection-lost"),
        pytest.param(httpx.RemoteProtocolError("gone"), id="cut-off"),
    ],
)
def test_a_passing_failure_is_tried_again(answering, pauses, failure):
    assert answering(in_turn(failure, failure, httpx.Response(200, json=ME))).username == "alice"
    assert pauses == [0.5, 1.0]


@pytest.mark.holds(23)
def test_retry_after_says_how_long_to_wait(answering, pauses):
    limited = httpx.Response(429, headers={"Retry-After": "7"})
    assert answering(in_turn(limited, httpx.Response(200, json=ME))).username == "alice"
    assert pauses == [7.0]


def test_an_address_where_nobody_ever_answered_is_given_up_soon(answering, pauses):
    refused = httpx.ConnectError("refused")
    with pytest.raises(chroma.ConnectionFailed, match=r"No Chroma server answers at http://chroma\.test"):
        answering(in_turn(*[refused] * 8)).username  # noqa: B018 -- reading it asks the server
    assert len(pauses) == 1


def test_a_server_that_stays_away_is_given_up_with_a_sentence(answering, pauses):
    with pytest.raises(chroma.ConnectionFailed, match="what arrived is not sent twice"):
        answering(in_turn(*[httpx.ReadError("gone")] * 8)).username  # noqa: B018
    assert pauses == [0.5, 1, 2, 4, 8, 16, 30]


def test_a_request_that_would_do_harm_twice_is_not_repeated_once_it_may_have_arrived(answering, pauses):
    client = answering(in_turn(httpx.ReadError("gone")))
    with pytest.raises(chroma.ConnectionFailed):
        client._connection.graphql("mutation { x }", repeatable=False)
    assert pauses == []


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [
        (401, "UNAUTHENTICATED", chroma.Unauthenticated),
        (403, "FORBIDDEN", chroma.Forbidden),
        (404, "NOT_FOUND", chroma.NotFound),
        (409, "IDEMPOTENCY_CONFLICT", chroma.Conflict),
        (422, "BAD_USER_INPUT", chroma.BadInput),
        (413, "PAYLOAD_TOO_LARGE", chroma.LimitExceeded),
        (500, "INTERNAL", chroma.Unavailable),
    ],
)
def test_a_refusal_is_raised_with_the_server_s_sentence(answering, pauses, status, code, error):
    body = {"error": {"code": code, "message": "Row 3 is odd.", "field": "label", "hint": None, "requestId": "r1"}}
    client = answering(in_turn(httpx.Response(status, json=body)))
    with pytest.raises(error, match=r"^Row 3 is odd\.$") as raised:
        client._connection.get("/bulk/v1/x")
    assert (raised.value.code, raised.value.field, raised.value.request_id) == (code, "label", "r1")
    assert pauses == []


def test_errors_of_a_query_and_of_a_mutation_are_raised_alike(answering):
    top = {"data": None, "errors": [{"message": "No such project.", "extensions": {"code": "NOT_FOUND"}}]}
    payload = {"data": {"x": {"errors": [{"code": "CONFLICT", "field": "name", "message": "Taken."}]}}}
    connection = answering(in_turn(httpx.Response(200, json=top), httpx.Response(200, json=payload)))._connection
    with pytest.raises(chroma.NotFound, match="No such project"):
        connection.graphql("query { x }")
    with pytest.raises(chroma.Conflict, match="Taken"):
        connection.mutate("mutation { x }", {})


def test_a_server_that_is_no_chroma_server_is_named_as_such(answering):
    client = answering(in_turn(httpx.Response(404, text="<html>")))
    with pytest.raises(chroma.ServerError, match=r"answered 404 to POST /graphql\. Is this the address"):
        client.username  # noqa: B018
