from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from apps.common.errors import BadUserInput, LimitExceeded
from apps.common.names import is_keepable
from apps.curation.imports.problems import Problems

ROWS_A_BATCH = 10_000
MOST_COLUMNS = 2_000
LONGEST_COLUMN_NAME = 300
# The longest line of a text file: one row with its vectors and texts.
LONGEST_LINE = 8 * 1024 * 1024


Numbered = tuple[NDArray[np.int64], pa.Table]


class Source(Protocol):
    """An opened file."""

    @property
    def format(self) -> str: ...

    def columns(self) -> list[str]:
        """The names of the columns. A JSON file tells them only while it is read."""

    def batches(self, problems: Problems) -> Iterator[Numbered]:
        """Rows and their numbers. Those that cannot be read are told to `problems` and left out."""


def check_columns(names: list[str]) -> list[str]:
    """Refuse names that could not be told apart, shown or handled."""
    if len(names) > MOST_COLUMNS:
        raise LimitExceeded(f"The file has {len(names):,} columns; at most {MOST_COLUMNS:,} can be imported.")
    for name in names:
        if not is_keepable(name):
            raise BadUserInput("The name of a column holds the character U+0000; leave it out.")
        if len(name) > LONGEST_COLUMN_NAME:
            raise BadUserInput(
                f"The name of the column {name[:40]!r} … is longer than {LONGEST_COLUMN_NAME} characters."
            )
    twice = next((name for place, name in enumerate(names) if name in names[:place]), None)
    if twice is not None:
        raise BadUserInput(f"The file has two columns named {twice!r}; rename one.")
    if not names:
        raise BadUserInput("The file has no columns.")
    return names
