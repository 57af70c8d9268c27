"""Objects and their partners."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apps.analysis.objects import Objects

# Places in the values of the score.
MATCHED, SPURIOUS, MISSED = range(3)


@dataclass(frozen=True)
class Matches:
    """For each object the place of its partner among them (-1: none), and how far they overlap."""

    objects: Objects
    partners: NDArray[np.int64]
    overlaps: NDArray[np.float64]

    @property
    def status(self) -> NDArray[np.int64]:
        alone = np.where(self.objects.is_found, SPURIOUS, MISSED)
        return np.where(self.partners >= 0, MATCHED, alone)

    @property
    def labels_of_found(self) -> dict[int, int | None]:
        """What the partners' labels say of found objects, by datapoint id; None for those without a partner."""
        found = np.flatnonzero(self.objects.is_found)
        labels = np.where(self.partners[found] >= 0, self.objects.labels[self.partners[found]], 0)
        ids = self.objects.datapoint_ids[found]
        return {pk: label or None for pk, label in zip(ids.tolist(), labels.tolist(), strict=True)}
