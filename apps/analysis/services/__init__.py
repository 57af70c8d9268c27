from __future__ import annotations

from apps.analysis.match_arguments import MatchMethod
from apps.analysis.services.analyses import delete_analysis, rename_analysis
from apps.analysis.services.class_quality import run_class_quality
from apps.analysis.services.matching import match_objects

__all__ = ["MatchMethod", "delete_analysis", "match_objects", "rename_analysis", "run_class_quality"]
