"""How an exported table becomes a file."""

from __future__ import annotations
