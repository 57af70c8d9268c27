"""What a class-quality analysis says in numbers and sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.analysis.class_members import Members
from apps.datasets.models import Category

LOW_QUALITY = 5


def quality_summary(
    reference: Members, parts: Sequence[Members], results: Sequence[NDArray[np.float64]]
) -> dict[str, Any]:
    """Counts, the median of each target, and the size of each category in the reference."""
    codes, counts = np.unique(reference.categories[reference.categories != 0], return_counts=True)
    names = dict(Category.objects.filter(pk__in=codes.tolist()).values_list("pk", "name"))
    sizes = {names[code]: count for code, count in zip(codes.tolist(), counts.tolist(), strict=True) if code in names}
    return {
        "reference_count": int(counts.sum()),
        "spurious_count": int((reference.categories == 0).sum()),
        "scored_count": sum(len(part.rows) for part in parts),
        "low_quality": LOW_QUALITY,
        "targets": [_target(part, result[:, 1]) for part, result in zip(parts, results, strict=True)],
        "reference_categories": dict(sorted(sizes.items())),
    }


def quality_notes(
    reference: Members,
    inferred: Sequence[Members],
    unseen: Sequence[NDArray[np.bool_]],
    alone: Sequence[NDArray[np.bool_]],
) -> list[str]:
    """Who is not in it, and why."""
    notes = []
    if reference.left_out:
        notes.append(
            f"{reference.left_out:,} datapoints of {reference.dataset.name} have a vector but no label: they say "
            "nothing of any category."
        )
    for part, is_unseen, is_alone in zip(inferred, unseen, alone, strict=True):
        name = part.dataset.name
        if part.left_out:
            notes.append(f"{part.left_out:,} datapoints of {name} have a vector but no inference, and so no score.")
        if count := int(is_unseen.sum()):
            notes.append(
                f"{count:,} datapoints of {name} were inferred to be of a category that no labelled datapoint of "
                f"{reference.dataset.name} has: no score."
            )
        if count := int(is_alone.sum()):
            notes.append(
                f"{count:,} datapoints of {name} are the only ones of their category in the reference: no score."
            )
    return notes


def _target(part: Members, quality: NDArray[np.float64]) -> dict[str, Any]:
    return {
        "dataset": part.dataset.name,
        "scored_count": len(part.rows),
        "median_quality": round(float(np.median(quality)), 2) if len(quality) else None,
        "low_quality_count": int((quality < LOW_QUALITY).sum()),
    }
