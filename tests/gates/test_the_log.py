"""No line of the server's log shows a token or a one-time link, whoever wrote it."""

from __future__ import annotations

import io
import logging
from urllib.parse import quote

import pytest
from django.conf import settings

from apps.accounts.tokens import new_secret
from chroma_site.masking import MaskingFormatter
from chroma_site.server.access_log import log_action
from tests.cast import make_client

pytestmark = pytest.mark.holds(7)
LINK = "Zm9yZ290dGVuLXBhc3N3b3JkLXNvLWhlcmUtaXMtYS1saW5r"


@pytest.fixture
def lines():
    """lines() -> what the server's own handler wrote since."""
    (handler,) = [each for each in logging.getLogger().handlers if isinstance(each.formatter, MaskingFormatter)]
    written = io.StringIO()
    before = handler.setStream(written)
    yield written.getvalue
    handler.setStream(before)


def access(path: str) -> None:
    details = {"method": "GET", "path": path, "status": 400, "time_taken": 0.1, "client": "127.0.0.1:1", "size": 1}
    log_action("http", "complete", details)


def test_tokens_and_links_are_masked(lines):
    token = new_secret()
    access(f"/graphql?token={token}")
    access(f"/x?q={quote(token).replace('_', '%5F', 1)}")
    access(f"/auth/link/{LINK}")
    access(f"/link/{LINK}?next=/")
    log_action("websocket", "rejected", {"path": f"/graphql?token={token}", "client": None})
    try:
        raise ValueError(f"Bearer {token}")
    except ValueError:
        logging.getLogger("chroma.test").exception("broke at %s", f"/auth/link/{LINK}")
    written = lines()
    assert written.count("…") == 6, "access to a socket is told at a finer level"
    assert token[4:] not in written
    assert LINK not in written


@pytest.mark.django_db
def test_a_token_in_an_address_is_refused_and_not_written_down(lines):
    token = new_secret()
    for address in (f"/graphql?token={token}", f"/bulk/v1/uploads/7?x={token}", f"/?{token}"):
        answer = make_client(None).get(address)
        assert answer.status_code == 400
        assert token not in answer.content.decode()
        access(address)
    assert token[4:] not in lines()


def test_the_server_writes_by_this_form_alone():
    assert settings.LOGGING["formatters"]["line"]["()"] == "chroma_site.masking.MaskingFormatter"
    assert {handler["formatter"] for handler in settings.LOGGING["handlers"].values()} == {"line"}
