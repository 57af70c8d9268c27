"""Files by which arrays pass between a job and the compute process, gone when the job ends."""

from __future__ import annotations

import shutil
import time
import uuid
from pathlib import Path
from typing import Any, Self

import numpy as np
from django.conf import settings
from numpy.typing import DTypeLike, NDArray

FOLDER = Path(settings.CHROMA_DATA_DIR) / "scratch"
LEFT_BEHIND = 24 * 3600


class Scratch:
    """A folder for the arrays of one job."""

    def __init__(self) -> None:
        self.folder = FOLDER / uuid.uuid4().hex

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def new_path(self) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder / f"{uuid.uuid4().hex}.npy"

    def array(self, shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
        """A new array on disk: filled piece by piece, it passes to the compute process without another copy."""
        mapped: NDArray[Any] = np.lib.format.open_memmap(self.new_path(), mode="w+", dtype=np.dtype(dtype), shape=shape)
        return mapped

    def path_of(self, array: NDArray[Any]) -> Path:
        """The file that holds this array; written now unless it is one of ours."""
        if isinstance(array, np.memmap) and array.offset and array.filename is not None:
            path = Path(array.filename)
            if path.parent == self.folder:
                array.flush()
                return path
        path = self.new_path()
        np.save(path, np.ascontiguousarray(array), allow_pickle=False)
        return path


def remove_left_behind() -> None:
    """Remove the folders of jobs whose process was killed long ago."""
    for folder in FOLDER.glob("*"):
        if time.time() - folder.stat().st_mtime > LEFT_BEHIND:
            shutil.rmtree(folder, ignore_errors=True)
