"""A stored file that is damaged or gone: reading it says so, all else is served, doctor and backup name it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from apps.datasets.models import Resource, ResourceKind, Segment
from apps.storage.files import folder_of, write_file
from tests.data import make_dataset, make_embedding_set
from tests.keeping.archives import manifest_of

pytestmark = [pytest.mark.holds(32), pytest.mark.django_db(transaction=True)]
SENTENCE = "A stored file is missing or damaged. The server's administrator must restore it from a backup."


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    """Nothing that other tests left."""
    storage = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}


@pytest.fixture
def sets(project):
    """The vectors of two datasets; those of the first lie in three files."""
    first = make_embedding_set(make_dataset(project, "first", count=9000), np.zeros((9000, 2)))
    return first, make_embedding_set(make_dataset(project, "second", count=3), np.eye(3))


def damage(embedding_set, nth: int) -> Path:
    path = Path(default_storage.path(Segment.objects.filter(column=embedding_set.vectors).order_by("id")[nth].path))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    return path


def doctor(capsys, *options) -> tuple[int, list[str]]:
    """The exit status and the messages of what was found of files."""
    code = 0
    try:
        call_command("doctor", "--json", *options)
    except SystemExit as ended:
        code = ended.code
    checks = {each["check"]: each["findings"] for each in json.loads(capsys.readouterr().out)["checks"]}
    return code, [found["message"] for found in checks["files"]]


def test_reading_it_says_so_and_others_are_served(sets, alice, client_for):
    first, second = sets
    damage(first, 0)
    client = client_for(alice)
    for _ in range(2):
        refused = client.get(f"/bulk/v1/embedding-sets/{first.pk}/vectors")
        assert (refused.status_code, refused.json()["error"]["code"]) == (410, "DAMAGED_FILE")
        assert refused.json()["error"]["message"] == SENTENCE
    assert client.get(f"/bulk/v1/embedding-sets/{second.pk}/vectors").status_code == 200


def test_a_stream_that_broke_off_is_refused_the_next_time_and_served_once_it_is_put_back(sets, alice, client_for):
    first, _ = sets
    path = damage(first, 2)
    client, address = client_for(alice), f"/bulk/v1/embedding-sets/{first.pk}/vectors"
    with pytest.raises(Exception, match="A stored file is missing or damaged"):
        b"".join(client.get(address).streaming_content)
    assert client.get(address).status_code == 410
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert client.get(address).status_code == 200


def test_doctor_names_the_file_and_whose_it_is(sets, capsys):
    first, second = sets
    assert doctor(capsys, "--full") == (0, [])
    damaged, gone = damage(first, 1), Path(default_storage.path(second.vectors.segments.get().path))
    gone.unlink()
    code, messages = doctor(capsys, "--full")
    assert code == 1
    names = {default_storage.path(message.split(" ")[0]) for message in messages}
    assert names == {str(damaged), str(gone)}
    assert any("alice/MNIST, dataset “first”): its checksum differs." in message for message in messages)
    assert any("alice/MNIST, dataset “second”): it is missing." in message for message in messages)


def test_a_backup_is_refused_or_says_what_is_damaged(sets, tmp_path, capsys):
    first, second = sets
    damaged = damage(first, 1)
    gone = second.vectors.segments.get().path
    default_storage.delete(gone)
    path = tmp_path / "backup.zip"
    with pytest.raises(CommandError, match="2 stored files are missing or damaged") as caught:
        call_command("backup", path)
    assert caught.value.returncode == 1
    assert not [each for each in tmp_path.iterdir() if each.name.startswith("backup")]
    call_command("backup", path, "--skip-damaged")
    told = manifest_of(path)["damaged"]
    assert {default_storage.path(name): why for name, why in told.items()} == {
        str(damaged): "its checksum differs",
        default_storage.path(gone): "it is missing",
    }


def test_a_packed_file_is_checked_part_by_part(project, tmp_path, capsys):
    contents = [bytes([place]) * 700_000 for place in range(5)]
    written = write_file(folder_of(project.pk), b"--".join(contents))
    Resource.objects.bulk_create(
        Resource(
            project=project,
            kind=ResourceKind.FILE,
            path=written.path,
            offset=place * 700_002,
            size=700_000,
            sha256=hashlib.sha256(content).hexdigest(),
        )
        for place, content in enumerate(contents)
    )
    assert doctor(capsys, "--full") == (0, [])
    path = Path(default_storage.path(written.path))
    whole = bytearray(path.read_bytes())
    whole[700_000] ^= 1  # between two parts: nobody's
    path.write_bytes(whole)
    assert doctor(capsys, "--full") == (0, [])
    whole[3 * 700_002] ^= 1
    path.write_bytes(whole)
    code, [message] = doctor(capsys, "--full")
    assert (code, "the checksum of 1 of its 5 parts differs" in message) == (1, True)
