"""Run in a restored installation: what must hold of any, and that every acknowledged vector is the one that was sent.

Its standard input says which: {dataset: [key, …]}.
"""

from __future__ import annotations

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chroma_site.settings")
django.setup()

from apps.datasets.columns import iter_column  # noqa: E402
from apps.datasets.models import Dataset  # noqa: E402
from tests.keeping.load import vector_of  # noqa: E402
from tests.truth.invariants import check_invariants  # noqa: E402


def check_vectors(dataset: Dataset, acknowledged: set[str]) -> None:
    keys = dict(dataset.datapoints.values_list("row", "key"))
    found = {
        keys[row]: vector.tobytes()
        for rows, vectors in iter_column(dataset.embedding_sets.get().vectors)
        for row, vector in zip(rows.tolist(), vectors, strict=True)
    }
    assert acknowledged <= set(found), f"{len(acknowledged - set(found))} vectors are lost"
    # Also those that nobody was told of yet: all of a datapoint is there, or nothing.
    assert set(found) == set(keys.values())
    wrong = [key for key, vector in found.items() if vector != vector_of(key).tobytes()]
    assert not wrong, f"the vectors of {wrong[:5]} are not those that were logged"


acknowledged = {name: set(keys) for name, keys in json.load(sys.stdin).items()}
datasets = {name: Dataset.objects.get(name=name) for name in acknowledged}
check_invariants({datasets[name]: keys for name, keys in acknowledged.items()})
for name, keys in acknowledged.items():
    if name.startswith("train"):
        check_vectors(datasets[name], keys)
