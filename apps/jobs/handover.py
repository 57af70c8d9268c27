"""Arrays that a job and its parts hand over to each other through the storage, wherever each of them runs.

Written before the transaction that names them, under names that no other row can hold: gone with the job's end, and
where it ended without success a day later (`collect_garbage`), as running it again takes up what its parts made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np
from django.db.models import Q
from numpy.typing import NDArray

from apps.common.errors import Conflict
from apps.jobs.models import Job, JobFile
from apps.jobs.scratch import Scratch
from apps.storage.files import DamagedFile, WrittenFile, folder_of, iter_range, store_file
from apps.storage.staging import drop_staged

Files = dict[str, WrittenFile]


def write_files(job: Job, scratch: Scratch, arrays: Mapping[str, NDArray[Any]]) -> Files:
    """Store the arrays, piece by piece. No row names them yet, so this stands outside the transaction."""
    folder = folder_of(job.project_id)
    return {name: store_file(folder, scratch.path_of(array)) for name, array in arrays.items()}


def name_files(job: Job, files: Files) -> None:
    """Write the rows that name the files."""
    JobFile.objects.bulk_create(
        JobFile(job=job, name=name, path=file.path, size=file.size, sha256=file.sha256) for name, file in files.items()
    )


def fetch_array(job: Job, name: str, scratch: Scratch) -> NDArray[Any]:
    """The array, read from a local copy as it is needed."""
    file = JobFile.objects.filter(job=job, name=name).first()
    if file is None:
        raise Conflict("What this job's parts had made is gone; run the job again, it begins anew.")
    path, digest = scratch.new_path(), hashlib.sha256()
    with path.open("wb") as copy:
        for piece in iter_range(file, 0, file.size):
            digest.update(piece)
            copy.write(piece)
    if digest.hexdigest() != file.sha256:
        raise DamagedFile("What this job's parts had made is damaged; run the job again.")
    array: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    return array


def drop_files(whole: Job) -> None:
    """Drop what the job and its parts handed over, in the caller's transaction."""
    files = JobFile.objects.filter(Q(job=whole) | Q(job__parent=whole))
    if files.exists():
        drop_staged(files)
