"""The parameters of a job, as suspicious in the worker as at the API: who writes to the database writes them, too."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet

from apps.common.errors import BadUserInput
from apps.projects.models import Project

M = TypeVar("M", bound=Model)


class Parameters:
    """What was asked for, by name and of the type that is wanted; anything else ends the job with a sentence."""

    def __init__(self, project: Project, values: Any) -> None:
        self._project = project
        self._values = values if isinstance(values, dict) else {}

    def uuid(self, name: str) -> UUID:
        try:
            return UUID(self.text(name))
        except ValueError:
            raise _wrong(name) from None

    def text(self, name: str) -> str:
        value = self._values.get(name)
        if not isinstance(value, str):
            raise _wrong(name)
        return value

    def texts(self, name: str) -> list[str]:
        values = self._values.get(name)
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise _wrong(name)
        return list(values)

    def integer(self, name: str, least: int, most: int) -> int:
        value = self._values.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise _wrong(name)
        return value

    def row(self, name: str, rows: QuerySet[M]) -> M | None:
        """The row that the parameter names, of the job's own project; None where it is gone."""
        value = self._values.get(name)
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise _wrong(name)
        path: str = rows.model.PROJECT_PATH  # type: ignore[attr-defined]
        try:
            return rows.filter(**{path: self._project}, pk=value).first()
        except (ValueError, ValidationError, OverflowError):
            raise _wrong(name) from None

    def is_none(self, name: str) -> bool:
        """Whether the parameter says that there is nothing; one that is left out says nothing at all."""
        if name not in self._values:
            raise _wrong(name)
        return self._values[name] is None


def _wrong(name: str) -> BadUserInput:
    return BadUserInput(f"The job's parameter {name!r} is missing or damaged; ask for what it should do once more.")
