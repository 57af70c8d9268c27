"""Files that are logged: uploaded in chunks, looked at, checked whole, and only then logged as a client would."""

from __future__ import annotations
