"""What every edit of a named thing takes, and the thing shows, so that nobody overwrites what they did not see."""

from __future__ import annotations

from typing import Any

import strawberry
import strawberry_django

EXPECTED_VERSION = (
    "The `editVersion` that you saw. If it was edited since, nothing changes and the answer is a CONFLICT; "
    "null edits whatever is there."
)


@strawberry.input
class EditInput:
    """Names what is edited."""

    id: strawberry.ID
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)


def edit_version(column: str = "edit_version") -> Any:
    """The field `editVersion` of a type."""
    return strawberry_django.field(
        field_name=column, description="Rises with every edit by people; pass it as `expectedVersion` to edit it."
    )
