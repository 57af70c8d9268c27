"""What GraphQL itself says of a wrong operation, in our words: where it is wrong, what is allowed, nothing repeated at
length. What was sent may be long, and hold a password beside a misspelt field.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from graphql import GraphQLError, GraphQLSyntaxError

LONGEST_VALUE = 80
Words = str | Callable[[re.Match[str]], str]
# A whole input, as it was sent.
FOUND = re.compile(r"(?:, found:|\.? Found:) .*$", re.DOTALL)
VALUE = re.compile(r"(cannot represent [^:]*value: )(.+)$", re.DOTALL)
AT_FIELD = re.compile(r"has invalid value at \.(\S+?):")
NAMED_FIELD = re.compile(r"(?:include unknown|include required) field '([^']+)'")
WORDS: list[tuple[str, Words]] = [
    (r"^(\w+) cannot represent", r"A value: \1 cannot represent"),
    (r"Int cannot represent [^:]*value: ", "must be a whole number from -2147483648 to 2147483647, not "),
    (r"Float cannot represent [^:]*value: ", "must be a finite number, not "),
    (r"(String|Boolean|ID) cannot represent [^:]*value: ", r"must be of type \1, not "),
    (
        r"Expected (?:a )?value of non-null type '([^']+)' (?:not to be None|to be provided)",
        r"must be given, of type \1",
    ),
    (r"Expected value of type '([^']+)' not to include unknown field", r"\1 has no field"),
    (r"Expected value of type '([^']+)' to include required field", r"\1 needs the field"),
    (r"Expected value of type '([^']+)' to be an object", r"must be an object of type \1"),
    (r"^(Variable '[^']+') has invalid value(?: at \.(\S+?))?: must", lambda found: f"{_place(found, ',')} must"),
    (r"^(Variable '[^']+') has invalid value(?: at \.(\S+?))?:", lambda found: f"{_place(found, ':')}"),
    (r"^A value: must", "A value must"),
]


def sentence_of(error: GraphQLError) -> str:
    """The message of an error that GraphQL raised."""
    message = VALUE.sub(_shortened, FOUND.sub("", error.message))
    for pattern, words in WORDS:
        message = re.sub(pattern, words, message)
    if isinstance(error, GraphQLSyntaxError) and error.locations:
        place = error.locations[0]
        message = f"{message.removesuffix('.')} (line {place.line}, column {place.column})"
    return message if message.endswith((".", "?")) else f"{message}."


def field_of(error: GraphQLError) -> str | None:
    """The field of an input that is wrong, as in `mapping[0].column`."""
    below = AT_FIELD.search(error.message)
    named = NAMED_FIELD.search(error.message)
    return ".".join(found[1] for found in (below, named) if found) or None


def _place(found: re.Match[str], end: str) -> str:
    return f"{found[1]}, field {found[2]}{end}" if found[2] else f"{found[1]}{end.strip(',')}"


def _shortened(found: re.Match[str]) -> str:
    value = found[2].removesuffix(".")
    return found[1] + (value if len(value) <= LONGEST_VALUE else f"{value[:LONGEST_VALUE]}…")
