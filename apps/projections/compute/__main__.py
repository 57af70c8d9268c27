"""Let ``python -m apps.projections.compute`` make a map."""

from __future__ import annotations

import sys

from apps.projections.compute.console import main

if __name__ == "__main__":
    sys.exit(main())
