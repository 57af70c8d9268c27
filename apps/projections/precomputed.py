"""Maps whose positions somebody brings along: stored at once, without a job."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from django.db import transaction
from django.utils import timezone
from numpy.typing import NDArray

from apps.accounts.actor import Actor
from apps.common.arrow import read_table
from apps.common.errors import BadUserInput
from apps.datasets import bitmaps
from apps.datasets.columns import present_rows
from apps.embeddings.models import EmbeddingSet
from apps.projections.arrays import AXES, name_arrays, write_arrays
from apps.projections.models import ProjectionSet
from apps.projections.services import (
    create_projection_set,
    default_name,
    get_or_create_projector,
    names_from,
    project_of_sources,
)
from apps.projections.vectors import Members, count_objects
from apps.projects.journal import record_audit, record_change

METHOD = "precomputed"
TITLE = "Positions"


@transaction.atomic
def store_positions(
    *, actor: Actor, embedding_sets: Sequence[EmbeddingSet], positions: NDArray[np.float32], name: str | None
) -> ProjectionSet:
    """Make a map of given positions: one for each embedding, in row order, embedding set after embedding set."""
    project = project_of_sources(embedding_sets)
    members = _members(embedding_sets)
    if len(positions) != len(members.row):
        raise BadUserInput(
            f"{len(positions):,} positions were sent; the embedding sets have {len(members.row):,} embeddings.",
            field="x",
        )
    projection_set = create_projection_set(
        actor=actor,
        projector=get_or_create_projector(project, METHOD, {}, None),
        embedding_sets=embedding_sets,
        name=name,
        free_names=names_from(default_name(TITLE, embedding_sets)),
    )
    name_arrays(projection_set, write_arrays(projection_set, members, positions))
    projection_set.finished_at = timezone.now()
    projection_set.projection_count = len(positions)
    projection_set.object_count = count_objects(projection_set, members)
    projection_set.save(update_fields=["finished_at", "projection_count", "object_count"])
    record_audit(actor=actor, project=project, action="logged", target=projection_set, after={"count": len(positions)})
    record_change(project, kind="created", target=projection_set, version=1)
    return projection_set


def parse_positions(content: bytes) -> NDArray[np.float32]:
    """The columns x, y, and z if there is one, of an Arrow stream as an (n, 2) or (n, 3) array."""
    table = read_table(content, check_field=_check_field)
    missing = {"x", "y"} - set(table.column_names)
    if missing:
        raise BadUserInput("The table needs the columns x and y, both float32.", field=min(missing))
    columns = []
    for name in AXES[: table.num_columns]:
        column = table.column(name)
        values: NDArray[Any] = column.to_numpy()
        bad = ~np.isfinite(values)
        if column.null_count or bad.any():
            row = int(np.argmax(bad))
            raise BadUserInput(f"Row {row}, column {name}: positions must be finite numbers, no nulls.", field=name)
        columns.append(values)
    return np.column_stack(columns)


def _check_field(field: pa.Field) -> None:
    if field.name not in AXES:
        raise BadUserInput(f"Unknown column {field.name[:80]!r}; allowed are x, y and z.", field=field.name[:80])
    if field.type != pa.float32():
        raise BadUserInput(f"Column {field.name} must be float32, not {field.type}.", field=field.name)


def _members(embedding_sets: Sequence[EmbeddingSet]) -> Members:
    rows = [bitmaps.rows_of(present_rows(found.vectors)) for found in embedding_sets]
    codes = [np.full(len(some), position, dtype=np.uint16) for position, some in enumerate(rows)]
    return Members(source=np.concatenate(codes), row=np.concatenate(rows))
