"""What a search finds: a part of the key or of the text, in whatever case."""

from __future__ import annotations

import numpy as np

from apps.curation.rules.facts import Mask
from apps.datasets.models import Datapoint, Dataset
from apps.datasets.querysets import matching_search

AT_ONCE = 50_000


def rows_containing(dataset: Dataset, text: str) -> Mask:
    found = matching_search(Datapoint.objects.filter(dataset=dataset), text)
    mask = np.zeros(dataset.next_row, dtype=np.bool_)
    rows = found.filter(row__lt=dataset.next_row).order_by().values_list("row", flat=True)
    for row in rows.iterator(chunk_size=AT_ONCE):
        mask[row] = True
    return mask
