"""People who tag, untag and rename at random, each change written down with its times and what became of it."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass
from functools import partial

from django.db import OperationalError
from pyroaring import BitMap

from apps.common.errors import Conflict
from apps.curation.services import tag_selection, untag_selection
from apps.curation.services.selections import create_selection
from apps.datasets.models import Tag
from apps.datasets.services import rename_tag


@dataclass(frozen=True)
class Operation:
    """`outcome` is ok, fail (refused), busy (the database's writer was not had in time), or unknown.

    Neither fail nor busy changes anything.
    """

    kind: str
    tag: str
    value: object
    began: float
    ended: float
    outcome: str


class Recorder:
    def __init__(self) -> None:
        self.operations: list[Operation] = []
        self._lock = threading.Lock()

    def run(self, kind: str, tag: str, value: object, act) -> None:
        began = time.monotonic()
        try:
            act()
            outcome = "ok"
        except Conflict:
            outcome = "fail"
        except OperationalError:
            outcome = "busy"
        except Exception:  # noqa: BLE001 - whatever it is, nobody knows what became of it
            outcome = "unknown"
        with self._lock:
            self.operations.append(Operation(kind, tag, value, began, time.monotonic(), outcome))


def edit_at_random(
    recorder: Recorder, actor, dataset, tags: list[Tag], *, writer: int, changes: int, seed=None
) -> None:
    """Put tags on and off rows, of which some are the writer's own and all want the others; rename the last."""
    seed = writer if seed is None else seed
    chance = random.Random(seed)
    *used, named = tags
    for number in range(changes):
        if chance.random() < 0.3:
            current = Tag.objects.get(pk=named.pk)
            edit = partial(rename_tag, name=f"{seed} {number}", expected_version=current.edit_version)
            value = (current.edit_version, f"{seed} {number}")
            recorder.run("rename", str(named.pk), value, partial(edit, actor=actor, tag=current))
            continue
        tag, rows = chance.choice(used), frozenset(chance.sample(range(16), 2)) | {16 + writer}
        service, kind = (tag_selection, "add") if chance.random() < 0.6 else (untag_selection, "remove")
        recorder.run(kind, str(tag.pk), rows, partial(change_tag, service, actor, dataset, tag, rows))


def change_tag(service, actor, dataset, tag: Tag, rows: frozenset[int]) -> None:
    selection = create_selection(actor=actor, project=dataset.project, rows={dataset: BitMap(rows)})
    service(actor=actor, selection=selection, name=tag.name)
