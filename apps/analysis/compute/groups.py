"""Rows by their code, found without looking at all of them again for each code."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]


class Groups:
    """The rows of each code, ascending."""

    def __init__(self, codes: Codes) -> None:
        self._order = np.argsort(codes, kind="stable")
        self._sorted = codes[self._order]

    def rows_of(self, code: int) -> NDArray[np.int64]:
        """Give the rows that have this code."""
        start, end = np.searchsorted(self._sorted, [code, code + 1])
        rows: NDArray[np.int64] = self._order[start:end]
        return rows
