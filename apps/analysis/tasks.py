from __future__ import annotations

from apps.analysis.matching import match_datasets_objects
from apps.analysis.quality import score_classes
from apps.jobs.models import Lane
from apps.jobs.registry import job
from apps.jobs.run import JobRun


@job("run_class_quality", lane=Lane.HEAVY)
def run_class_quality(run: JobRun) -> None:
    """Score how far datapoints lie from the class that they were inferred to be."""
    score_classes(run)


@job("match_objects", lane=Lane.HEAVY)
def match_objects(run: JobRun) -> None:
    """Match the objects that a model found to the ground truth."""
    match_datasets_objects(run)
