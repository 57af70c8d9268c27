"""What passes between a worker and its compute process: one JSON object a line, arrays as names of .npy files.

To the process:   {"call": "apps.x.compute.y:z", "arrays": [path…], "arguments": {…}, "result": path, "frames": path}
                  {"cancel": true}   {"stop": true}: end the layout here and keep it
From the process: {"progress": [phase, fraction], "count": [done, total], "frame": path}
                  {"done": value, "stopped": …}   {"refused": sentence}   {"failed": traceback}
The count is there where the fraction is one of counted steps, the frame where a layout in the making lies in its file
(see frames.py), and "stopped" (a progress) where the layout ended because it was asked to.
An array that a function returns is written to the result path and answered with {"done": {"array": path}}.
"""

from __future__ import annotations

import json
import re
from typing import IO, Any

# Only array functions can be called, whatever a line says.
CALLABLE = re.compile(r"apps\.[a-z_]+\.compute\.[a-z_]+:[a-z][a-z_]*")


def send(stream: IO[str], message: dict[str, Any]) -> None:
    """Write one message."""
    stream.write(json.dumps(message) + "\n")
    stream.flush()


def receive(stream: IO[str]) -> dict[str, Any] | None:
    """Read one message; None at the end of the stream."""
    line = stream.readline()
    return json.loads(line) if line.endswith("\n") else None
