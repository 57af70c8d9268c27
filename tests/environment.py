"""Gives a test run its own environment, before Django reads its settings.

Loaded as a pytest plugin (see `addopts` in pyproject.toml) because conftest.py comes too late: pytest-django reads
the settings first. Tests run on SQLite; CHROMA_TEST_DATABASE_URL names another database, CHROMA_TEST_REDIS_URL a Redis.
What the developer's shell says of a real installation is forgotten, so that no test can touch it.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

FORGOTTEN = ("CHROMA_", "DATABASE_URL", "REDIS_URL", "DJANGO_")
KEPT = ("CHROMA_TEST_DATABASE_URL", "CHROMA_TEST_REDIS_URL", "CHROMA_EXAMPLE_DATA", "CHROMA_ASSURANCE")
CHECKOUT = Path(__file__).resolve().parent.parent

for name in [name for name in os.environ if name.startswith(FORGOTTEN) and name not in KEPT]:
    del os.environ[name]

data_dir = tempfile.mkdtemp(prefix="chroma-test-")
atexit.register(shutil.rmtree, data_dir, ignore_errors=True)
os.environ["CHROMA_DATA_DIR"] = data_dir

if database_url := os.environ.get("CHROMA_TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = database_url
if redis_url := os.environ.get("CHROMA_TEST_REDIS_URL"):
    os.environ["REDIS_URL"] = redis_url

# Compiled numba functions outlive a run: a fresh umap-learn process compiles for half a minute.
os.environ["NUMBA_CACHE_DIR"] = str(CHECKOUT / ".cache" / "numba")
