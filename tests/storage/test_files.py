from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from apps.common.errors import StorageFull
from apps.storage import files
from apps.storage.files import DamagedFile, WrittenFile, read_file, read_ranges, require_space, write_file


def test_a_file_reads_back_with_its_size_and_checksum():
    content = os.urandom(5_000_000)
    written = write_file("project", content)
    assert written == WrittenFile(written.path, 5_000_000, hashlib.sha256(content).hexdigest())
    assert written.path.startswith("project/")
    assert read_file(written) == content


def test_ranges_read_back_and_may_not_reach_past_the_end():
    written = write_file("project", b"0123456789")
    assert read_ranges(written, [(2, 3), (0, 1), (9, 1)]) == [b"234", b"0", b"9"]
    with pytest.raises(DamagedFile):
        read_ranges(written, [(8, 3)])


def test_the_same_content_is_stored_twice_under_two_names():
    assert write_file("project", b"same").path != write_file("project", b"same").path


def test_an_empty_file_can_be_stored():
    assert read_file(write_file("project", b"")) == b""


@pytest.mark.parametrize("damage", [lambda file: file.unlink(), lambda file: file.write_bytes(b"01234")])
def test_a_missing_or_shortened_file_is_reported_without_its_path(settings, damage):
    written = write_file("project", b"0123456789")
    damage(settings.CHROMA_DATA_DIR / "files" / written.path)
    with pytest.raises(DamagedFile) as caught:
        read_file(written)
    assert written.path not in caught.value.message


@pytest.fixture
def synced(monkeypatch):
    """What was forced to disk, as a process sees it that has just started."""
    places = []
    monkeypatch.setattr(os, "fsync", lambda handle: places.append(str(Path(f"/proc/self/fd/{handle}").readlink())))
    monkeypatch.setattr(files, "_durable_folders", set())
    return places


@pytest.mark.holds(24)
def test_a_file_and_the_folders_that_lead_to_it_are_synced_before_it_is_named(synced, settings):
    first, second = write_file("new-project", b"content"), write_file("new-project", b"content")
    root = settings.CHROMA_DATA_DIR / "files"
    folder = str(root / "new-project")
    # The folders' own names are new only once.
    assert synced == [
        *[str(root / first.path), folder, str(root), str(settings.CHROMA_DATA_DIR)],
        *[str(root / second.path), folder],
    ]


@pytest.mark.holds(24)
def test_a_folder_that_somebody_else_made_is_synced_all_the_same(synced, settings):
    write_file("newer-project", b"a chunk", synced=False)
    assert synced == []
    write_file("newer-project", b"content")
    assert str(settings.CHROMA_DATA_DIR / "files") in synced


@pytest.mark.holds(25)
@pytest.mark.parametrize("broken", ["fsync", "write"])
def test_a_file_that_could_not_be_written_whole_leaves_nothing_behind(monkeypatch, settings, broken):
    def fail(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    def half(content, size=None):
        yield content.read()[:3]
        fail()

    folder = Path(settings.CHROMA_DATA_DIR / "files" / f"full-{broken}")
    write_file(folder.name, b"content")
    if broken == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(files.ContentFile, "chunks", half)
    with pytest.raises(OSError, match="No space"):
        write_file(folder.name, b"content")
    assert len(list(folder.iterdir())) == 1


def test_a_nearly_full_disk_refuses_more(monkeypatch):
    require_space(1)
    monkeypatch.setattr(files, "LEAST_FREE_BYTES", 10**18)
    with pytest.raises(StorageFull):
        require_space(1)
