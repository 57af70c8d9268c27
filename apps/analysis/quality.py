"""The body of a class-quality job: read, compute, store, and say what was left out."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.analysis.class_members import Members, inferred_members, labelled_members, places_in, read_vectors
from apps.analysis.finishing import analysis_of, finish_analysis
from apps.analysis.scores import DISTANCE, QUALITY, PendingScores, write_scores
from apps.common.errors import BadUserInput
from apps.datasets.models import Category
from apps.jobs.run import JobRun

COMPUTE = "apps.analysis.compute.class_quality:class_quality"
LOW_QUALITY = 5


def score_classes(run: JobRun) -> None:
    analysis = analysis_of(run)
    run.progress("Reading labels and inferences")
    sources = list(analysis.sources.select_related("dataset", "embedding_set__vectors"))
    reference = labelled_members(next(source for source in sources if source.is_reference))
    inferred = [inferred_members(source, analysis.trained_model) for source in sources if not source.is_reference]
    known = np.unique(reference.categories)
    if not len(known):
        raise BadUserInput(
            f"No datapoint of {reference.dataset.name} has both a label and a vector: no class is known."
        )
    parts = [part.among(known) for part in inferred]
    results = _compute(run, reference, parts)
    run.progress("Storing the scores")
    scores = [score for part, result in zip(parts, results, strict=True) for score in _written(part, result)]
    finish_analysis(
        run,
        analysis,
        scores=scores,
        summary=_summary(reference, parts, results),
        notes=_notes(reference, inferred, parts),
    )


def _compute(run: JobRun, reference: Members, parts: list[Members]) -> list[NDArray[np.float64]]:
    """Distance and quality of each part's members, as two columns."""
    vectors = read_vectors(run, [reference], "Reading the reference's vectors")
    targets = read_vectors(run, parts, "Reading the targets' vectors")
    result = run.compute(
        COMPUTE,
        vectors,
        reference.categories,
        targets,
        np.concatenate([part.categories for part in parts]),
        np.concatenate([places_in(reference, part) for part in parts]),
        phase="Measuring distances",
    )
    return np.split(result, np.cumsum([len(part.rows) for part in parts])[:-1])


def _written(part: Members, result: NDArray[np.float64]) -> list[PendingScores]:
    return [
        write_scores(part.dataset, kind, part.rows, result[:, place]) for place, kind in enumerate((DISTANCE, QUALITY))
    ]


def _summary(reference: Members, parts: list[Members], results: list[NDArray[np.float64]]) -> dict[str, Any]:
    codes, counts = np.unique(reference.categories, return_counts=True)
    names = dict(Category.objects.filter(pk__in=codes.tolist()).values_list("pk", "name"))
    return {
        "reference_count": len(reference.rows),
        "class_count": len(codes),
        "scored_count": sum(len(part.rows) for part in parts),
        "targets": [
            {
                "dataset": part.dataset.name,
                "scored_count": len(part.rows),
                "median_quality": round(float(np.median(result[:, 1])), 2) if len(result) else None,
                "low_quality_count": int((result[:, 1] < LOW_QUALITY).sum()),
            }
            for part, result in zip(parts, results, strict=True)
        ],
        "reference_classes": {
            names.get(code, str(code)): count for code, count in zip(codes.tolist(), counts.tolist(), strict=True)
        },
    }


def _notes(reference: Members, inferred: list[Members], parts: list[Members]) -> list[str]:
    notes = []
    if reference.without_category:
        notes.append(
            f"{reference.without_category:,} datapoints of {reference.dataset.name} have a vector but no label: they "
            "belong to no class of the reference."
        )
    for whole, part in zip(inferred, parts, strict=True):
        if whole.without_category:
            notes.append(
                f"{whole.without_category:,} datapoints of {whole.dataset.name} have a vector but no inference, "
                "and so no score."
            )
        if unseen := len(whole.rows) - len(part.rows):
            notes.append(
                f"{unseen:,} datapoints of {whole.dataset.name} were inferred to be of a class that the reference "
                "does not hold, and have no score."
            )
    return notes
