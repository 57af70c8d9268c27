"""The command `chroma-sdk`: what the SDK does, from a shell.

Exit codes: 0 done, 1 refused or failed (the sentence is on stderr), 2 the command line cannot be understood.
"""

from __future__ import annotations

from chroma_sdk.cli._app import app, main

__all__ = ["app", "main"]
