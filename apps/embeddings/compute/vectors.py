"""What every method asks of its vectors."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

ROWS_A_CHUNK = 8192


def check_vectors(vectors: NDArray[Any], *, at_least: int) -> None:
    """Raise ValueError unless the array is (n, d), finite, with `at_least` rows and one column or more."""
    if vectors.ndim != 2 or vectors.shape[1] == 0:
        raise ValueError(f"Vectors must be an array of shape (n, dimension), not {vectors.shape}.")
    if len(vectors) < at_least:
        raise ValueError(f"This method needs at least {at_least} vectors; there are {len(vectors)}.")
    for start in range(0, len(vectors), ROWS_A_CHUNK):
        finite = np.isfinite(vectors[start : start + ROWS_A_CHUNK]).all(axis=1)
        if not finite.all():
            raise ValueError(f"Vector {start + int(np.argmin(finite))} holds NaN or an infinite value.")
