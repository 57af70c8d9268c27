"""What is done once all rows are logged: tags, and the labels that people had given."""

from __future__ import annotations

from uuid import UUID

from pyroaring import BitMap

from apps.accounts.actor import Actor
from apps.curation.imports.sessions import Sessions
from apps.curation.services.labelling import LONGEST_WHY, label_rows
from apps.curation.services.selections import create_selection
from apps.curation.services.tagging import tag_selection
from apps.datasets import bitmaps
from apps.datasets.log.categories import resolve_categories
from apps.datasets.models import Category, Dataset
from apps.jobs.run import JobRun

CHUNK = 5_000


def tag_rows(run: JobRun, actor: Actor, dataset: Dataset, sessions: Sessions) -> None:
    """Put the tags of the file on its datapoints, beside those that they have."""
    for done, (name, rows) in enumerate(sorted(sessions.tagged.items()), start=1):
        with run.transaction():
            selection = create_selection(actor=actor, project=dataset.project, rows={dataset: rows})
            tag_selection(actor=actor, selection=selection, name=name)
        run.progress("Tagging", done, len(sessions.tagged))


def relabel_rows(run: JobRun, actor: Actor, dataset: Dataset, sessions: Sessions, *, action: UUID) -> int:
    """Give datapoints the label that people had given them, with its reason: the importer's change, in the history."""
    wanted = {label for label, _ in sessions.relabelled if label is not None}
    ids = resolve_categories(dataset.project, wanted)
    categories = Category.objects.in_bulk(ids.values())
    total = sum(map(len, sessions.relabelled.values()))
    done = changed = 0
    for (label, why), rows in sessions.relabelled.items():
        numbers = bitmaps.rows_of(rows)
        for start in range(0, len(numbers), CHUNK):
            some: BitMap = bitmaps.of_rows(numbers[start : start + CHUNK])
            category = categories[ids[label]] if label is not None else None
            with run.transaction():
                changed += label_rows(
                    actor=actor, dataset=dataset, rows=some, category=category, action=action, why=why[:LONGEST_WHY]
                )
            done += len(some)
            run.progress("Setting labels that people had given", done, total)
    return changed
