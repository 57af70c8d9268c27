"""How boxes are matched, with the bounds of it: checked when it is asked for, and again by the worker."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from apps.common.errors import BadUserInput


class MatchMethod(StrEnum):
    """How boxes are assigned one to one."""

    HUNGARIAN = "hungarian"
    BEST_FIRST = "best_first"


def match_arguments(*, iou_threshold: Any, is_class_aware: Any, method: Any) -> dict[str, Any]:
    """The arguments of the computation, checked."""
    is_number = isinstance(iou_threshold, int | float) and not isinstance(iou_threshold, bool)
    if not (is_number and 0 < iou_threshold <= 1):
        shown = f"{iou_threshold:g}" if isinstance(iou_threshold, float) else repr(iou_threshold)[:40]
        raise BadUserInput(f"iouThreshold must be above 0 and at most 1, not {shown}.", field="iouThreshold")
    if not isinstance(is_class_aware, bool):
        raise BadUserInput("isClassAware must be true or false.", field="isClassAware")
    if method not in list(MatchMethod):
        raise BadUserInput(f"method must be one of {', '.join(MatchMethod)}, not {str(method)[:40]!r}.", field="method")
    return {
        "iou_threshold": float(iou_threshold),
        "is_class_aware": is_class_aware,
        "method": MatchMethod(method).value,
    }
