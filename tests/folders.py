"""Which folders of tests run where."""

from __future__ import annotations

# What these prove does not depend on the database, so they run on SQLite alone.
ONE_DATABASE = ("compute", "docs", "gates", "limits")
