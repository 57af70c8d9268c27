"""What a class-quality analysis says in numbers and sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.analysis.class_members import Members
from apps.analysis.counted import counted
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
    base = reference.dataset.name
    counts = [("No label, and so no part in any category", reference.left_out, base)]
    for part, is_unseen, is_alone in zip(inferred, unseen, alone, strict=True):
        name = part.dataset.name
        lacking = f"Inferred to be of a category that no labelled datapoint of {base} has, and so no score"
        counts.append(("No inference, and so no score", part.left_out, name))
        counts.append((lacking, int(is_unseen.sum()), name))
        counts.append(("Alone in its category in the reference, and so no score", int(is_alone.sum()), name))
    return [f"{why}: {counted(count, 'datapoint')} of {name}." for why, count, name in counts if count]


def _target(part: Members, quality: NDArray[np.float64]) -> dict[str, Any]:
    return {
        "dataset": part.dataset.name,
        "scored_count": len(part.rows),
        "median_quality": round(float(np.median(quality)), 2) if len(quality) else None,
        "low_quality_count": int((quality < LOW_QUALITY).sum()),
    }
