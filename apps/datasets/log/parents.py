"""The contexts that objects lie in, and how large their images are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from apps.datasets.log import table
from apps.datasets.log.batch import SHOWN, LogBatch, check_text, check_vectors, vectors_of
from apps.datasets.log.boxes import Boxes
from apps.datasets.models import DatapointRole, Dataset
from apps.datasets.resources.sizes import known_sizes

LONGEST_KEY = 200


@dataclass(frozen=True)
class Parents:
    """The parent of each row of a session. Ids are never 0 here; a resource's may be."""

    ids: NDArray[np.int64]
    resource_ids: NDArray[np.int64]

    def sizes(self, sent: LogBatch) -> Boxes:
        """Width and height of each row's image, as the row says or else as the server knows; 0 where neither does."""
        sizes = np.zeros((sent.row_count, 2))
        given = sent.given("image_size")
        if given.any():
            check_vectors(sent, "image_size")
            said = vectors_of(sent, "image_size")
            wrong = given & ~(said > 0).all(axis=1)
            sent.fail("image_size", wrong, "must be width and height in pixels, both positive.")
            sizes[given] = said[given]
        asked = ~given & sent.given("box")
        distinct, places = np.unique(self.resource_ids[asked], return_inverse=True)
        known = known_sizes(distinct.tolist())
        pairs = [known.get(pk, (0, 0)) for pk in distinct.tolist()]
        sizes[asked] = np.array(pairs, dtype=np.float64).reshape(-1, 2)[places]
        return sizes


def find_parents(sent: LogBatch, dataset: Dataset) -> Parents:
    """Look up the contexts that the rows name."""
    sent.fail("parent", ~sent.given("parent"), "every object needs the key of the datapoint that it lies in.")
    check_text(sent, "parent", at_least=1, at_most=LONGEST_KEY)
    encoded = sent.column("parent").dictionary_encode()
    keys = encoded.dictionary.to_pylist()
    places = encoded.indices.to_numpy(zero_copy_only=False)
    datapoints = table.find_datapoints(dataset.pk, keys)
    found = {key: (role, pk, resource or 0) for key, role, _, pk, resource, *_ in datapoints}
    for code, key in enumerate(keys):
        if key not in found:
            problem = f"the dataset has no datapoint with the key {key[:SHOWN]!r}; log the whole images first."
        elif found[key][0] == DatapointRole.OBJECT:
            problem = f"{key[:SHOWN]!r} is an object itself; objects lie in contexts."
        else:
            continue
        sent.fail_at("parent", int(np.argmax(places == code)), problem)
    ids, resource_ids = (np.array([found[key][part] for key in keys], dtype=np.int64)[places] for part in (1, 2))
    return Parents(ids, resource_ids)
