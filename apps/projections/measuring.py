"""How true a finished map is: its figures, and the share of each datapoint's neighbourhood that it keeps."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.jobs.run import JobRun

FAITHFULNESS = "apps.projections.compute.quality:faithfulness"


def measure(
    run: JobRun,
    vectors: NDArray[Any],
    positions: NDArray[np.float32],
    *,
    metric: str,
    labels: NDArray[np.int32],
    neighbors: NDArray[np.int32] | None = None,
) -> tuple[dict[str, Any], NDArray[np.float32]]:
    """Measure a map in the compute process.

    Parameters
    ----------
    vectors : ndarray of shape (n, d)
    positions : ndarray of shape (n, 2) or (n, 3)
    metric : str
        The distance between vectors that the map was made with.
    labels : ndarray of shape (n,)
        Codes of categories, -1 where there is none.
    neighbors : ndarray of shape (n, k), optional
        Nearest vectors, each itself first; found anew where they are not given.

    Returns
    -------
    figures : dict
        As in `ProjectionSet.quality`.
    preservation : ndarray of shape (n,) and dtype float32
    """
    named = {"labels": labels} | ({} if neighbors is None else {"neighbors_indices": neighbors})
    answer = run.compute(FAITHFULNESS, vectors, positions, phase="Measuring the quality", named=named, metric=metric)
    return answer["figures"], answer["preservation"]
