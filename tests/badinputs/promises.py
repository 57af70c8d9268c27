"""What every refusal promises, whatever was wrong."""

from __future__ import annotations

import re
import unicodedata

from django.conf import settings

from tests.cast import PASSWORD
from tests.live import CHECKOUT

LONGEST_MESSAGE = 700
LONGEST_ANSWER = 3_000
# What nobody outside may read, by the name of what it gives away.
FORBIDDEN = {
    "a stack": re.compile(r"Traceback|File \"|line \d+, in "),
    "an exception's class": re.compile(
        r"\b(?!ChromaError|CommandError)[A-Z]\w+(?:Error|Exception|DoesNotExist)\b|DoesNotExist"
    ),
    "a path of the server": re.compile(
        rf"{re.escape(str(CHECKOUT))}|{re.escape(str(settings.CHROMA_DATA_DIR))}|site-packages|(?<!manage)\.py\b"
    ),
    "SQL": re.compile(
        r"\b(?:SELECT\b.+\bFROM|INSERT INTO|UPDATE .+ SET|DELETE FROM|UNIQUE constraint|FOREIGN KEY)\b"
        r"|(?i:sqlite|psycopg|postgres)|\b(?:accounts|projects|datasets|lineage|embeddings|curation|jobs)_[a-z]+\b"
    ),
    "a library": re.compile(r"\b(?:django\.|strawberry|graphql-core|pyarrow|numpy\.|daphne|httpx|asgiref)"),
    "a token": re.compile(r"chr_[A-Za-z0-9_-]{20,}"),
    "a password": re.compile(re.escape(PASSWORD)),
}
# Python's own words for what it did not expect.
RAW = re.compile(
    r"expected a number but got|matching query does not exist|object has no attribute|NoneType|Unexpected error|"
    r"codec can't decode|out of range$|argument must be|<class '|\bpartial\(|unhashable"
)
TRACE = re.compile(r" \[[A-Z_]+, request [0-9a-f]{12}\]$")
HIDDEN = {"Cc", "Cf", "Cs"}


def check_answer(text: str) -> None:
    """The whole answer gives nothing away and does not repeat all that was sent."""
    assert len(text) <= LONGEST_ANSWER, f"an answer of {len(text):,} characters: {text[:200]}"
    for name, pattern in FORBIDDEN.items():
        found = pattern.search(text)
        assert found is None, f"the answer shows {name}: {found[0]!r} in {text[:500]}"


def check_sentence(message: str) -> None:
    """The message is a sentence for people, with nothing in it that does not show. Commands add what programs go by."""
    message = TRACE.sub("", message)
    assert message.strip() == message, repr(message)
    assert 8 <= len(message) <= LONGEST_MESSAGE, repr(message)
    assert message.endswith((".", "?")), f"no sentence: {message!r}"
    hidden = [char for char in message.replace("\n", " ") if unicodedata.category(char) in HIDDEN]
    assert not hidden, f"the message repeats characters that do not show: {message!r}"
    assert RAW.search(message) is None, f"Python's own words: {message!r}"


def check_log(log: str, request_id: str) -> None:
    """Who runs the server finds the request; who reads the log finds no secret."""
    assert request_id in log, f"the log does not know request {request_id}: {log[-500:]}"
    for name in ("a token", "a password"):
        found = FORBIDDEN[name].search(log)
        assert found is None, f"the log shows {name}: {log[-500:]}"
    assert "Traceback" not in log, f"the server broke: {log[-2000:]}"
