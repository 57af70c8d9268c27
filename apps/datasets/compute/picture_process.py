"""Draws one picture after the other, in a process with little memory to go wrong in.

Started as `python -m apps.datasets.compute.picture_process`; it ends with its standard input. A request is a line of
JSON ({"bytes": n, "size": 128, "crop": null or [x, y, width, height, padding]}) and n bytes of an image; an answer is
{"bytes": n} and n bytes of a WebP picture, or {"refused": sentence}.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import warnings
from typing import IO, Any

from PIL import Image

from apps.common.errors import UnsupportedType
from apps.datasets.compute.picture import picture
from apps.datasets.resources.crops import Crop

# 50 megapixels of WebP take 800 MB while they are decoded, of other formats half of that.
MOST_MEMORY = 1024 * 1024**2


def serve(incoming: IO[bytes], outgoing: IO[bytes]) -> None:
    """Answer until the server closes its end, or is gone."""
    while line := incoming.readline():
        request = json.loads(line)
        data = incoming.read(request["bytes"])
        head, body = _answer(data, request)
        outgoing.write(json.dumps(head).encode() + b"\n" + body)
        outgoing.flush()


def _answer(data: bytes, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    try:
        drawn = picture(data, request["size"], Crop(*request["crop"]) if request["crop"] else None)
    except UnsupportedType as problem:
        return {"refused": problem.message}, b""
    return {"bytes": len(drawn)}, drawn


def main() -> None:
    """Talk over the standard streams, out of reach of libraries that print."""
    # Not every system can limit this; a decoder there is still bounded by pixels and time.
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    incoming = os.fdopen(os.dup(0), "rb")
    outgoing = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(incoming, outgoing)


if __name__ == "__main__":
    main()
