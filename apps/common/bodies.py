"""Request bodies, read only after their size is known to be allowed."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from django.http import HttpRequest

from apps.common.errors import BadRequest, BadUserInput, LengthRequired, PayloadTooLarge, UnsupportedType

LARGEST_JSON = 2 * 1024 * 1024
# How JSON spells halves of surrogate pairs, alone or together.
SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
# Django reads these into its own form data, so that nothing would be left to read here.
FORM_TYPES = {"application/x-www-form-urlencoded", "multipart/form-data"}


def read_body(request: HttpRequest, *, at_most: int) -> bytes:
    """The whole body. It must say its length, be no larger than allowed, and come plain: no encoding, no form."""
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise UnsupportedType("Send the body without Content-Encoding.")
    if request.content_type in FORM_TYPES:
        raise UnsupportedType("Send the body itself, not as a form.")
    length = request.headers.get("Content-Length", "")
    if not length:
        raise LengthRequired("Send the header Content-Length.")
    if not (length.isascii() and length.isdecimal()):
        raise BadRequest("Content-Length must be a whole number.")
    if int(length) > at_most:
        raise PayloadTooLarge(f"The body has {int(length):,} bytes; at most {at_most:,} are allowed.")
    body: bytes = request.read(int(length) + 1)
    if len(body) != int(length):
        raise BadRequest(f"The body has {len(body):,} bytes where Content-Length says {int(length):,}. Send it again.")
    return body


def read_json(request: HttpRequest, *, at_most: int = LARGEST_JSON) -> dict[str, Any]:
    """The body as a JSON object."""
    data = parse_json(read_body(request, at_most=at_most))
    if not isinstance(data, dict):
        raise BadUserInput("The body must be a JSON object.")
    return data


def parse_json(body: bytes | str) -> Any:
    """What the JSON says. Text that is no Unicode could be neither kept nor answered: it is refused here for all."""
    try:
        text = body if isinstance(body, str) else body.decode()
        data = json.loads(text, parse_constant=_refuse_constant)
        if SURROGATE.search(text):
            json.dumps(data, ensure_ascii=False).encode()
    except UnicodeError as problem:
        raise BadUserInput("The body is not UTF-8, or holds half a surrogate pair.") from problem
    except json.JSONDecodeError as problem:
        raise BadUserInput(f"The body is not valid JSON: line {problem.lineno}, column {problem.colno}.") from problem
    except RecursionError as problem:
        raise BadUserInput("The body is nested too deep.") from problem
    except ValueError as problem:
        raise BadUserInput("The body is not valid JSON: a number in it has too many digits.") from problem
    return data


def _refuse_constant(name: str) -> NoReturn:
    raise BadUserInput(f"The body is not valid JSON, which has no {name}.")
