"""What inferences may be."""

from __future__ import annotations

import numpy as np

from apps.common.errors import BadUserInput
from apps.datasets import bitmaps
from apps.datasets.log.batch import LogBatch, check_finite, check_vectors, vectors_of
from apps.datasets.log.target import Target
from apps.datasets.models import Category
from apps.lineage.log.plan import inference_sets


def check_confidence(batch: LogBatch, target: Target) -> None:
    """A confidence is 0 … 1 and belongs to an inference, of this log or an earlier one."""
    check_finite(batch, "confidence")
    given = batch.given("confidence")
    values = batch.column("confidence").to_numpy(zero_copy_only=False)
    batch.fail("confidence", given & ~((values >= 0) & (values <= 1)), "must be 0 … 1.")
    alone = given & ~batch.given("inference") & ~batch.given("probabilities")
    if alone.any():
        inference_set = inference_sets(batch.upload).first()
        if inference_set is not None:
            stored = bitmaps.rows_of(bitmaps.load(inference_set.category_column.present))
            alone &= target.is_new | ~np.isin(target.rows, stored)
        batch.fail("confidence", alone, "belongs to no inference; give the inference too.")


def check_probabilities(batch: LogBatch) -> None:
    """Probabilities are 0 … 1 each, for the classes that the set was first logged with."""
    check_vectors(batch, "probabilities")
    matrix = vectors_of(batch, "probabilities")
    wrong = ~((matrix >= 0) & (matrix <= 1)).all(axis=1) & batch.given("probabilities")
    batch.fail("probabilities", wrong, "every probability must be 0 … 1.")
    classes = batch.upload.classes or []
    batch.category_names.update(classes)
    inference_set = inference_sets(batch.upload).first()
    if inference_set is None or inference_set.classes is None:
        return
    names = Category.objects.in_bulk(inference_set.classes)
    stored = [names[pk].name if pk in names else None for pk in inference_set.classes]
    if stored != classes:
        shown = ", ".join(str(name) for name in stored[:10]) + (" …" if len(stored) > 10 else "")
        raise BadUserInput(
            f"The probabilities of {batch.upload.model} {batch.upload.version} were logged for the classes {shown}, "
            "in this order. Other classes need another version=.",
            field="classes",
        )
