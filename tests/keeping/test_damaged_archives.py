"""An archive that is not exactly what was written is refused before anything is touched."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from apps.accounts.models import User
from chroma_site.keeping.errors import Refused
from chroma_site.keeping.progress import Progress
from chroma_site.keeping.reading import opened
from tests.keeping.archives import declared, forged

pytestmark = pytest.mark.holds(32)

SILENT = Progress(lambda line: None)
FLIPS = 400


def is_refused(path: Path) -> bool:
    try:
        with opened(path, SILENT):
            return False
    except Refused:
        return True


def test_a_whole_archive_is_believed(archive):
    assert not is_refused(archive)


def test_one_flipped_bit_anywhere_is_noticed(archive, tmp_path):
    content, path = bytearray(archive.read_bytes()), tmp_path / "flipped.zip"
    chosen = random.Random(7)
    places = {0, 4, len(content) - 1, len(content) - 64, len(content) - 65, len(content) - 86}
    for place in sorted(places | {chosen.randrange(len(content)) for _ in range(FLIPS)}):
        content[place] ^= 1 << chosen.randrange(8)
        path.write_bytes(content)
        assert is_refused(path), place
        content[:] = archive.read_bytes()


def test_a_cut_anywhere_is_noticed(archive, tmp_path):
    content, path = archive.read_bytes(), tmp_path / "cut.zip"
    with zipfile.ZipFile(archive) as zipped:
        starts = [entry.header_offset for entry in zipped.infolist()]
    for start in starts:
        for end in (start, start + 1, start + 40):
            path.write_bytes(content[:end])
            assert is_refused(path), end
    for end in (len(content) - 1, len(content) - 64, 63, 0):
        path.write_bytes(content[:end])
        assert is_refused(path), end
    path.write_bytes(content + b"\0")
    assert is_refused(path)


def newer_format(members, manifest):
    manifest["format"] = 2
    manifest["version"] = "9.0"


def other_product(members, manifest):
    manifest["product"] = "camera"


def newer_schema(members, manifest):
    manifest["version"] = "9.0"
    manifest["migrations"].append(["datasets", "9999_far"])


def no_manifest_worth_the_name(members, manifest):
    del manifest["tables"]


def a_missing_member(members, manifest):
    members.pop()


def a_member_too_many(members, manifest):
    members.append(("files/extra", b"x"))


def a_changed_member(members, manifest):
    name, content = members[-1]
    members[-1] = (name, bytes([content[0] ^ 1]) + content[1:])


def a_way_up(members, manifest):
    members.append(("files/../../chroma.sqlite3", b"x"))
    manifest["members"].append(declared(*members[-1]))


def a_root(members, manifest):
    members.append(("/etc/passwd", b"x"))
    manifest["members"].append(declared(*members[-1]))


def a_bomb(members, manifest):
    members.append(("files/bomb", bytes(50_000_000)))
    manifest["members"].append(declared("files/bomb", b"x"))


def two_of_one_name(members, manifest):
    members.append(members[-1])


FORGED = {
    newer_format: "The archive has format 2, written by Chroma 9.0",
    other_product: "This is an archive of 'camera', not of Chroma.",
    newer_schema: "The archive is from version 9.0, this is 0.1.0",
    no_manifest_worth_the_name: "The archive's manifest cannot be read",
    a_missing_member: "lacks a member that its manifest names",
    a_member_too_many: "has a member that its manifest does not name",
    a_changed_member: "The checksum of .* in the archive differs",
    a_way_up: r"The archive's manifest cannot be read \(member names\)",
    a_root: r"The archive's manifest cannot be read \(member names\)",
    a_bomb: "The size of files/bomb in the archive differs from its manifest",
    two_of_one_name: "two members of the same name",
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("change", FORGED, ids=lambda change: change.__name__)
def test_a_forged_archive_with_a_right_checksum_is_refused_and_nothing_touched(
    archive, transactional_db, tmp_path, settings, change
):
    storage = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    path = forged(archive, tmp_path / "forged.zip", change)
    tables = connection.introspection.table_names()
    with pytest.raises(CommandError, match=FORGED[change]) as caught:
        call_command("restore", path)
    assert caught.value.returncode == 2
    assert not (tmp_path / "files").exists()
    assert (User.objects.count(), connection.introspection.table_names()) == (0, tables)


def test_rows_that_do_not_fit_together_are_taken_back(archive, transactional_db, tmp_path):
    def without_users(members, manifest):
        place = next(place for place, (name, _) in enumerate(members) if name == "rows/accounts.User.jsonl")
        members[place] = (members[place][0], b"")
        manifest["members"][place] = declared(*members[place])
        next(table for table in manifest["tables"] if table["model"] == "accounts.User")["rows"] = 0

    path = forged(archive, tmp_path / "forged.zip", without_users)
    with pytest.raises(CommandError, match=r"do not fit together .* nothing was restored") as caught:
        call_command("restore", path)
    assert caught.value.returncode == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM projects_project")
        assert cursor.fetchone() == (0,)


def test_a_damaged_archive_ends_the_command_with_2(archive, new_installation, tmp_path):
    content, path = archive.read_bytes(), tmp_path / "damaged.zip"
    path.write_bytes(content[:1000] + b"\0" + content[1001:])
    installation = new_installation()
    refused = installation.run("restore", path)
    assert (refused.returncode, "The checksum of the archive differs" in refused.stderr) == (2, True)
    assert "Traceback" not in refused.stderr
    assert not installation.tables()
    assert not (installation.folder / "files").exists()


@pytest.mark.django_db(transaction=True)
def test_an_installation_in_use_is_not_restored_over(archive, alice):
    with pytest.raises(CommandError, match="This installation is in use: it has 1 users") as caught:
        call_command("restore", archive)
    assert caught.value.returncode == 2
    assert User.objects.get() == alice
