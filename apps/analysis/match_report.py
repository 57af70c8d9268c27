"""What a match says in numbers and sentences."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.analysis.counted import counted
from apps.analysis.matches import MATCHED, MISSED, SPURIOUS, Matches
from apps.datasets.models import Category


def match_summary(matches: Matches) -> dict[str, Any]:
    """Counts, precision, recall and mean IoU, together and for each category."""
    objects, status = matches.objects, matches.status
    is_pair = (matches.partners >= 0) & objects.is_found
    is_right = is_pair & (objects.inferences == objects.labels[matches.partners]) & (objects.inferences != 0)
    found, truth, pairs = int(objects.is_found.sum()), int((~objects.is_found).sum()), int(is_pair.sum())
    return {
        "found_count": found,
        "ground_truth_count": truth,
        "matched_count": pairs,
        "spurious_count": int((status == SPURIOUS).sum()),
        "missed_count": int((status == MISSED).sum()),
        "other_category_count": int((is_pair & ~is_right).sum()),
        "precision": _share(pairs, found),
        "recall": _share(pairs, truth),
        "mean_iou": _mean(matches.overlaps[is_pair]),
        "categories": _categories(matches, is_right),
    }


def match_notes(matches: Matches) -> list[str]:
    objects = matches.objects
    notes = []
    bare = np.setdiff1d(objects.parents[objects.is_found], objects.parents[~objects.is_found])
    if len(bare):
        count = int(np.isin(objects.parents[objects.is_found], bare).sum())
        notes.append(
            "No ground truth at all, so that every found object counts as spurious: "
            f"{counted(len(bare), 'datapoint')} with {counted(count, 'object')}."
        )
    if count := int((objects.is_found & (objects.inferences == 0)).sum()):
        notes.append(f"No inference, and so of no category: {counted(count, 'found object')}.")
    return notes


def _categories(matches: Matches, is_right: NDArray[np.bool_]) -> list[dict[str, Any]]:
    """Of each category: right are the found objects that are inferred to be of it and whose partner is labelled so."""
    objects, status = matches.objects, matches.status
    codes = np.unique(objects.classes[objects.classes != 0]).tolist()
    names = dict(Category.objects.filter(pk__in=codes).values_list("pk", "name"))
    result = []
    for code in sorted(names, key=lambda code: names[code]):
        found = objects.is_found & (objects.inferences == code)
        truth = ~objects.is_found & (objects.labels == code)
        right = int((is_right & found).sum())
        result.append(
            {
                "category": names[code],
                "found_count": int(found.sum()),
                "ground_truth_count": int(truth.sum()),
                "right_count": right,
                "spurious_count": int((found & (status == SPURIOUS)).sum()),
                "missed_count": int((truth & (status == MISSED)).sum()),
                "precision": _share(right, int(found.sum())),
                "recall": _share(right, int(truth.sum())),
                "mean_iou": _mean(matches.overlaps[truth & (status == MATCHED)]),
            }
        )
    return result


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _mean(values: NDArray[np.float64]) -> float | None:
    return round(float(values.mean()), 4) if len(values) else None
