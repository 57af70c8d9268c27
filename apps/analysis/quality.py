"""The body of a class-quality job: read, compute, store, and say what was left out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from apps.analysis.class_members import Codes, Members, inferred_members, labelled_members, places_in, read_vectors
from apps.analysis.finishing import analysis_of, finish_analysis
from apps.analysis.quality_report import quality_notes, quality_summary
from apps.analysis.scores import DISTANCE, QUALITY, PendingScores, write_scores
from apps.common.errors import BadUserInput
from apps.jobs.run import JobRun

COMPUTE = "apps.analysis.compute.class_quality:class_quality"


def score_classes(run: JobRun) -> None:
    analysis = analysis_of(run)
    run.progress("Reading labels and inferences")
    sources = list(analysis.sources.select_related("dataset", "embedding_set__vectors"))
    reference = labelled_members(next(source for source in sources if source.is_reference))
    inferred = [inferred_members(source, analysis.trained_model) for source in sources if not source.is_reference]
    codes, counts = np.unique(reference.categories[reference.categories != 0], return_counts=True)
    if not (counts > 1).any():
        raise BadUserInput(
            f"No category has two datapoints in {reference.dataset.name} with both a label and a vector: nothing says "
            "what its members have in common. Choose another reference, or label some of its datapoints."
        )
    unseen = [~np.isin(part.categories, codes) for part in inferred]
    known = [part.without(dropped) for part, dropped in zip(inferred, unseen, strict=True)]
    alone = [_is_alone(reference, part, codes[counts == 1]) for part in known]
    parts = [part.without(dropped) for part, dropped in zip(known, alone, strict=True)]
    results = _compute(run, reference, parts)
    run.progress("Storing the scores")
    scores = [score for part, result in zip(parts, results, strict=True) for score in _written(part, result)]
    finish_analysis(
        run,
        analysis,
        scores=scores,
        summary=quality_summary(reference, parts, results),
        notes=quality_notes(reference, inferred, unseen, alone),
    )


def _compute(run: JobRun, reference: Members, parts: list[Members]) -> list[NDArray[np.float64]]:
    """Distance and quality of each part's members, as two columns."""
    if not any(len(part.rows) for part in parts):
        return [np.zeros((0, 2)) for _ in parts]
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


def _is_alone(reference: Members, part: Members, singles: Codes) -> NDArray[np.bool_]:
    """Which are the only member of their own category in the reference: without them it is not known."""
    places = places_in(reference, part)
    own: NDArray[np.bool_] = (places >= 0) & (reference.categories[places] == part.categories)
    return own & np.isin(part.categories, singles)
