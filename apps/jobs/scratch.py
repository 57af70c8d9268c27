"""Files by which arrays pass between a job and the compute process, gone when the job ends."""

from __future__ import annotations

import os
import shutil
import uuid
from pathlib import Path
from typing import Any, Self

import numpy as np
from django.conf import settings
from numpy.typing import DTypeLike, NDArray

from apps.jobs.models import Job, JobState

FOLDER = Path(settings.CHROMA_DATA_DIR) / "scratch"


class Scratch:
    """A folder for the arrays of one attempt at a job, known by its lease."""

    def __init__(self, lease: uuid.UUID | None) -> None:
        self.folder = FOLDER / str(lease)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def new_path(self) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder / f"{uuid.uuid4().hex}.npy"

    def array(self, shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
        """A new array on disk: filled piece by piece, it passes to the compute process without another copy."""
        path = self.new_path()
        mapped: NDArray[Any] = np.lib.format.open_memmap(path, mode="w+", dtype=np.dtype(dtype), shape=shape)
        _reserve(path)
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
    """Remove the folders of attempts whose process was killed: no running job holds their lease any more."""
    # First the folders, then the leases: an attempt has its lease before its folder.
    folders = list(FOLDER.glob("*"))
    if not folders:
        return
    held = set(map(str, Job.objects.filter(state=JobState.RUNNING).values_list("lease", flat=True)))
    for folder in folders:
        if folder.name not in held:
            shutil.rmtree(folder, ignore_errors=True)


def _reserve(path: Path) -> None:
    """Take the file's space on the disk now: a full disk is an error here, but kills who fills a mapped file later."""
    if hasattr(os, "posix_fallocate"):  # not on macOS
        with path.open("r+b") as file:
            os.posix_fallocate(file.fileno(), 0, path.stat().st_size)
