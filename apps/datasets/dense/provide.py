"""Which columns there are. Apps register what they know by the first part of the name, as in `inference:<id>`."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.common.errors import NotFound
from apps.datasets import bitmaps
from apps.datasets.models import Dataset


@dataclass(frozen=True)
class DenseColumn:
    """A column that can be read whole. `version` changes with every change of its values."""

    version: str
    # The values for rows 0 … next_row - 1 (numpy, or a pyarrow array of text), and which rows have one.
    read: Callable[[], tuple[Any, NDArray[np.bool_]]]


# Called with the dataset and what follows the colon. Raises NotFound for what is not in this dataset.
Provider = Callable[[Dataset, str], DenseColumn]
PROVIDERS: dict[str, Provider] = {}


def dense_provider(prefix: str) -> Callable[[Provider], Provider]:
    """Register a function as the provider of the columns `<prefix>` or `<prefix>:<id>`."""

    def register(provider: Provider) -> Provider:
        assert prefix not in PROVIDERS, f"Two apps provide columns named {prefix}"
        PROVIDERS[prefix] = provider
        return provider

    return register


def dense_column(dataset: Dataset, name: str) -> DenseColumn:
    """The column of this name, for rows that are alive. Its version covers which rows those are."""
    prefix, _, rest = name.partition(":")
    provider = PROVIDERS.get(prefix)
    if provider is None:
        raise NotFound("No such column.", hint=f"There are: {', '.join(sorted(PROVIDERS))}.")
    column = provider(dataset, rest)
    shape = f"{dataset.next_row}.{zlib.crc32(bytes(dataset.alive)):x}"

    def read() -> tuple[Any, NDArray[np.bool_]]:
        values, present = column.read()
        return values, present & bitmaps.mask_of(bitmaps.load(dataset.alive), dataset.next_row)

    return replace(column, version=f"{name}.{column.version}.{shape}", read=read)


def wanted_id(text: str) -> int:
    """The integer id in a column's name; 0, which nothing has, for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
