"""A disk without room: what would write says so, what reads goes on, and room is all it needs to be well again."""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import suppress

import chroma_sdk as chroma
import pytest

from tests.faults.installation import Installation
from tests.faults.load import VECTORS
from tests.jobs.waiting import wait_until

pytestmark = [pytest.mark.holds(38), pytest.mark.timeout(400)]

SIZE = 1600 * 2**20
RENAME = "mutation ($input: UpdateProjectInput!) { updateProject(input: $input) { errors { code message } } }"


class Disk:
    """A file system of its own, in memory."""

    def __init__(self, folder):
        self.folder, self.ballast = folder, folder / "ballast"

    def fill(self, *, leave):
        """Take all room but this."""
        with self.ballast.open("wb", buffering=0) as file, suppress(OSError):
            os.posix_fallocate(file.fileno(), 0, max(self.free() - leave - 2**20, 1))
            file.seek(0, os.SEEK_END)
            while self.free() > leave:
                file.write(bytes(4096))

    def free(self):
        state = os.statvfs(self.folder)
        return state.f_bavail * state.f_frsize

    def empty(self):
        self.ballast.unlink()


@pytest.fixture
def disk(tmp_path):
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder], check=True)
    yield Disk(folder)
    subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture
def small(disk):
    """An installation whose data folder is on the small disk."""
    with Installation(disk.folder / "data") as installation:
        installation.serve()
        installation.work()
        yield installation


@pytest.mark.holds(24, 25)
def test_a_disk_that_fills_up_refuses_what_is_new_and_recovers_by_itself(small, disk, report_seconds):
    project = small.project()
    dataset = project.dataset("train")
    keys = [f"k{row}" for row in range(len(VECTORS))]
    dataset.log(keys, labels=["a"] * len(keys), embeddings=VECTORS, quiet=True)
    made = project.run_projection([dataset], method="pca", quiet=True)

    # Nearly full: the reserve for the database is kept.
    disk.fill(leave=200 * 2**20)
    with pytest.raises(chroma.ChromaError, match="disk is nearly full; nothing more can be stored"):
        dataset.log(["new"], embeddings=VECTORS[:1], quiet=True)
    project.describe("Names still fit")

    # Full to the last byte: not even the database can be written.
    disk.empty()
    disk.fill(leave=0)
    http = small.http(timeout=30)
    # What the database holds already has room for some more.
    for number in range(5000):
        answer = describe(http, project, f"{number} " + "x" * 400)
        if answer.status_code != 200 or answer.json()["data"]["updateProject"]["errors"]:
            break
    refused = answer.text
    assert "The server's disk is full; nothing more can be stored." in refused, refused
    assert answer.status_code in {200, 507}
    with pytest.raises(chroma.ChromaError):
        project.run_projection([dataset], method="pca", wait=False)
    assert len(dataset.keys()) == len(keys)
    assert dataset.embeddings().tobytes() == VECTORS.tobytes()
    assert len(made.positions()) == len(keys)

    disk.empty()
    freed = time.monotonic()
    wait_until(lambda: describe(http, project, "Room").json()["data"]["updateProject"]["errors"] == [], "a write", 30)
    dataset.log(["new"], labels=["a"], quiet=True)
    project.run_projection([dataset], method="pca", quiet=True)
    report_seconds("disk freed: written, logged and a map made", time.monotonic() - freed)
    small.check_invariants()


@pytest.mark.holds(33)
def test_a_job_that_finds_the_disk_full_says_so_and_can_be_run_again(small, disk):
    project = small.project()
    dataset = project.dataset("train")
    for number in range(8):
        keys = [f"{number}-{row}" for row in range(len(VECTORS))]
        dataset.log(keys, embeddings=VECTORS, quiet=True)
    # Room for the database and the job's row, not for what the job computes with.
    disk.fill(leave=3 * 2**20)
    made = project.run_projection([dataset], method="pca", wait=False)
    with pytest.raises(chroma.JobFailed, match=r"disk is (nearly )?full"):
        made.wait(quiet=True)
    disk.empty()
    [job] = [job for job in project.jobs() if job.state == "failed"]
    job.retry().wait(quiet=True)
    assert len(made.positions()) == 8 * len(VECTORS)
    assert not list((small.data_dir / "scratch").glob("*"))
    small.check_invariants()


def describe(http, project, text):
    variables = {"input": {"id": project.id, "description": text}}
    return http.post("/graphql", json={"query": RENAME, "variables": variables})
