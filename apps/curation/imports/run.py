"""The two passes over a file: check every row, then log them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from apps.common.errors import LimitExceeded
from apps.curation.imports.check import Checker
from apps.curation.imports.images import Images
from apps.curation.imports.plan import ImportPlan
from apps.curation.imports.problems import Problems
from apps.curation.imports.rows import Rows, convert, joined
from apps.curation.imports.sessions import Sessions, source_of
from apps.curation.imports.sources import Source
from apps.datasets.models import Dataset

# Objects of one image belong into one session wherever they stand in the file, so they are gathered first.
MOST_OBJECTS = 1_000_000
ROWS_A_SESSION = 20_000

# Told how many rows are done.
Progress = Callable[[int], None]


def check_rows(source: Source, plan: ImportPlan, dataset: Dataset, images: Images, progress: Progress) -> Problems:
    """Find all problems of all rows. Writes nothing."""
    problems = Problems()
    files: set[str] = set()
    checker = Checker(dataset, problems, files=files)
    done = objects = 0
    for numbers, table in source.batches(problems):
        rows = convert(plan, numbers, table, problems)
        if "file" in rows.facts:
            files |= images.named(rows.facts["file"])
        checker.check(rows)
        objects += int(rows.is_object.sum())
        if objects > MOST_OBJECTS:
            raise LimitExceeded(f"A file may have {MOST_OBJECTS:,} objects; split it by images.")
        done += len(numbers)
        progress(done)
    checker.finish()
    return problems


def log_rows(
    source: Source,
    plan: ImportPlan,
    images: Images,
    sessions: Sessions,
    *,
    wrong: Problems,
    progress: Progress,
) -> None:
    """Log all rows but the wrong ones: the contexts as they come, then the objects inside of them."""
    objects: list[Rows] = []
    done = 0
    for numbers, table in source.batches(Problems()):
        rows = convert(plan, numbers, table, Problems())
        if wrong.rows:
            rows = rows.take(~np.isin(rows.numbers, np.array(wrong.rows)))
        if "file" in rows.facts:
            stored = images.store(rows.facts["file"], actor=sessions.actor, project=sessions.dataset.project)
            rows = replace(rows, facts=rows.facts | {"file": stored})
        if rows.is_object.any():
            objects.append(rows.take(rows.is_object))
            rows = rows.take(~rows.is_object)
        sessions.log(_without(rows, "parent", "box"))
        done += len(numbers)
        progress(done)
    for part, name in _by_source(objects):
        source_kind, model = source_of(name, plan.default)
        sessions.log(part, source=source_kind, model=model)


def _by_source(objects: list[Rows]) -> Iterator[tuple[Rows, str | None]]:
    """The objects of each source, in lots that hold all objects of their images."""
    if not objects:
        return
    rows = joined(objects)
    names = rows.facts["source"].to_pylist() if "source" in rows.facts else [None] * len(rows.numbers)
    for name in dict.fromkeys(names):
        mine = rows.take(np.array([each == name for each in names]))
        codes = pc.dictionary_encode(mine.facts["parent"]).indices.to_numpy(zero_copy_only=False)
        counts = np.bincount(codes)
        lot_of_parent = (np.cumsum(counts) - 1) // ROWS_A_SESSION
        lots = lot_of_parent[codes]
        for lot in np.unique(lots):
            yield _without(mine.take(lots == lot), "source"), name


def _without(rows: Rows, *names: str) -> Rows:
    kept: dict[str, pa.Array] = {name: values for name, values in rows.facts.items() if name not in names}
    return replace(rows, facts=kept)
