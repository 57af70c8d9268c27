"""Archives made to write elsewhere, or to fill the disk: nothing of them leaves the place where they are looked at."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest

from apps.datasets.models import Datapoint
from tests.resources.conftest import picture
from tests.transfer.conftest import Sender
from tests.transfer.test_round_trip import zipped

pytestmark = pytest.mark.holds(18)
ROWS = b"key,file\na,a.png\n"
LEADING_OUT = [
    "../x.png",
    "a/../../x.png",
    "/etc/x.png",
    "..\\x.png",
    "C:\\x.png",
    "C:/x.png",
    "\\\\host\\x.png",
    "a/../b",
]


def of_members(*members) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for member, content in members:
            archive.writestr(member, content)
    return target.getvalue()


def link(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name)
    member.create_system, member.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return member


def encrypted(content: bytes) -> bytes:
    """Both records of the first member say that it is."""
    changed = bytearray(content)
    changed[6] |= 1
    changed[changed.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


def test_an_archive_with_a_path_that_leads_out_is_refused_by_its_name(transactional_db, alice, project, tmp_path):
    sender = Sender(alice, project)
    for path in LEADING_OUT:
        found = sender.inspect(of_members(("a.csv", ROWS), (path, picture())))
        assert (found["state"], "leads out of it" in found["job"]["error"]) == ("FAILED", True), (path, found["job"])
    assert not Datapoint.objects.exists()


def test_a_link_in_an_archive_is_no_link(transactional_db, alice, project):
    canary = Path(__file__).resolve()
    content = of_members(("a.csv", ROWS), (link("a.png"), str(canary)), (link("b.png"), "/etc/passwd"))
    done = Sender(alice, project).bring_in(content)
    assert done["state"] in {"DONE", "FAILED"}
    texts = Datapoint.objects.values_list("resource__size", flat=True)
    assert set(texts) <= {len(str(canary))}, "what is kept is the text of the link, not what it names"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (encrypted(of_members(("a.csv", ROWS))), "encrypted"),
        (zipped({"inner.zip": zipped({"a.csv": ROWS})}), "exactly one file of rows"),
        (zipped({"a.csv": ROWS})[:-30], "cut short or damaged"),
        (zipped({"a.csv": b"key\n" + b"0" * (70 * 2**20)}), "200-fold"),
    ],
    ids=["encrypted", "an archive in an archive", "cut off", "a bomb"],
)
def test_an_archive_that_cannot_be_trusted_is_refused(transactional_db, alice, project, content, words):
    found = Sender(alice, project).inspect(content)
    assert (found["state"], words in found["job"]["error"]) == ("FAILED", True), found["job"]


def test_two_members_of_one_name_are_one(transactional_db, alice, project):
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = of_members(("a.csv", ROWS), ("a.png", picture()), ("a.png", picture((5, 5))))
    done = Sender(alice, project).bring_in(content)
    assert done["state"] == "DONE", done["job"]
    assert Datapoint.objects.get().resource is not None
