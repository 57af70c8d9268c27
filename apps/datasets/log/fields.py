"""What can be logged of a datapoint. Each field registers itself, so that `datasets` need not know its neighbours.

A log is checked by every field, then planned by every field, outside any transaction; then every plan commits inside
one short transaction.
"""

from __future__ import annotations

from typing import Protocol, TypeVar

from apps.datasets.log.batch import LogBatch, Mask
from apps.datasets.log.columns import ColumnRule
from apps.datasets.log.target import Target
from apps.datasets.models import Upload


class PlanOutdated(Exception):
    """Something that a plan builds on was deleted meanwhile: plan again."""


class FieldPlan(Protocol):
    """What a log changes in one field. Its files are written."""

    @property
    def changed(self) -> Mask:
        """Which rows of the batch differ from what is stored."""

    def prepare(self, target: Target) -> None:
        """Write the rows that datapoints refer to. Runs inside the transaction, before them."""

    def commit(self, target: Target) -> None:
        """Write the rows that refer to datapoints. Runs inside the transaction, after them."""


class LoggedField(Protocol):
    """Something that can be logged of a datapoint: a label, a resource, an embedding …"""

    def rule_for(self, column: str, upload: Upload) -> ColumnRule | None:
        """The types that a column may have; None for a column that is not this field's."""

    def clears(self, word: str) -> bool:
        """Whether `clear` names this field by the word."""

    def check(self, batch: LogBatch, target: Target) -> None:
        """Raise BadUserInput for whatever this field cannot keep. Writes nothing, anywhere."""

    def plan(self, batch: LogBatch, target: Target) -> FieldPlan | None:
        """Compare with what is stored and write files; None where the log says nothing of this field.

        The categories that `check` asked for exist by now.
        """


F = TypeVar("F", bound=LoggedField)
FIELDS: list[LoggedField] = []


def logged_field(field: type[F]) -> type[F]:
    """Register a field. Its app imports the module in AppConfig.ready."""
    FIELDS.append(field())
    return field
