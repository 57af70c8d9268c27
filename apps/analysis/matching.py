"""The body of a matching job: read, compute, write labels, store, and say what came out."""

from __future__ import annotations

import uuid
from itertools import islice

import numpy as np

from apps.analysis.finishing import analysis_of, finish_analysis
from apps.analysis.match_arguments import match_arguments
from apps.analysis.match_report import match_notes, match_summary
from apps.analysis.matches import Matches
from apps.analysis.models import Analysis
from apps.analysis.object_labels import log_labels
from apps.analysis.objects import Objects, read_objects
from apps.analysis.scores import IOU, STATUS, write_scores
from apps.common.errors import BadUserInput
from apps.datasets.models import Dataset
from apps.jobs.run import JobRun

COMPUTE = "apps.analysis.compute.match_boxes:match_boxes"
AT_ONCE = 5_000


def match_datasets_objects(run: JobRun) -> None:
    analysis = analysis_of(run)
    dataset = analysis.sources.select_related("dataset").get().dataset
    run.progress("Reading objects")
    objects = read_objects(run, dataset, analysis.trained_model)
    if not objects.is_found.any() or objects.is_found.all():
        raise BadUserInput(f"{dataset.name} no longer holds both found and ground-truth objects.")
    matches = _matches(run, analysis, objects)
    _write_labels(run, analysis, dataset, matches)
    run.progress("Storing the scores")
    scores = [
        write_scores(dataset, IOU, objects.rows, matches.overlaps),
        write_scores(dataset, STATUS, objects.rows, matches.status),
    ]
    finish_analysis(run, analysis, scores=scores, summary=match_summary(matches), notes=match_notes(matches))


def _matches(run: JobRun, analysis: Analysis, objects: Objects) -> Matches:
    asked = analysis.parameters
    # Checked again: who can write to the database wrote them.
    arguments = match_arguments(
        iou_threshold=asked.get("iou_threshold"),
        is_class_aware=asked.get("is_class_aware"),
        method=asked.get("method"),
    )
    result = run.compute(
        COMPUTE,
        objects.boxes,
        objects.parents,
        objects.is_found,
        objects.classes,
        phase="Comparing boxes",
        **arguments,
    )
    return Matches(objects, partners=result[:, 0].astype(np.int64), overlaps=result[:, 1])


def _write_labels(run: JobRun, analysis: Analysis, dataset: Dataset, matches: Matches) -> None:
    """Part by part. Starting again skips what was said already."""
    said = matches.labels_of_found
    action = uuid.uuid4()
    parts = iter(said.items())
    done = 0
    while part := dict(islice(parts, AT_ONCE)):
        run.progress("Writing labels", done, len(said))
        with run.transaction():
            log_labels(dataset, part, action=action, why=f"Match: {analysis.name}")
        done += len(part)
