"""How large a body each address takes: the same numbers that its view checks again."""

from __future__ import annotations

import re

from django.conf import settings

from apps.accounts import views as accounts
from apps.common.bodies import LARGEST_JSON
from apps.curation.views import selections
from apps.datasets.log.declaration import LARGEST_CHUNK
from apps.datasets.services.files import LARGEST_REQUEST
from apps.projections.views import LARGEST_POSITIONS
from apps.projects import views as projects

# The UI's pages, static files and health checks, which read none.
PAGE = 64 * 1024

# The first that fits counts.
LARGEST_BODIES = [
    (re.compile(pattern), size)
    for pattern, size in (
        (r"/graphql", settings.DATA_UPLOAD_MAX_MEMORY_SIZE),
        (r"/auth/link/.*", projects.LARGEST_BODY),
        (r"/auth/.*", accounts.LARGEST_BODY),
        (r"/bulk/v1/(uploads|imports)/[^/]+/chunks/[^/]+", LARGEST_CHUNK),
        (r"/bulk/v1/projects/[^/]+/files", LARGEST_REQUEST),
        (r"/bulk/v1/projects/[^/]+/selections", selections.LARGEST_BODY),
        (r"/bulk/v1/projects/[^/]+/projection-sets", LARGEST_POSITIONS),
        (r"/bulk/.*", LARGEST_JSON),
        (r"/admin/.*", settings.DATA_UPLOAD_MAX_MEMORY_SIZE),
    )
]


def largest_body(path: str) -> int:
    """The most bytes that a request to this path may carry."""
    return next((size for pattern, size in LARGEST_BODIES if pattern.fullmatch(path)), PAGE)
