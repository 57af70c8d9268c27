#!/usr/bin/env python
from __future__ import annotations

import os
import sys

from chroma_site.cli import run

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chroma_site.settings")
    run(sys.argv)
