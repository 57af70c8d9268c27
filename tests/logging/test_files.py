"""Files: uploaded once per project, checked, and named by their checksum when logging."""

from __future__ import annotations

import hashlib
import json

import pyarrow as pa
import pytest

from apps.datasets.models import Datapoint, Resource
from apps.storage.files import read_ranges
from tests.logging.upload import STREAM, dense, stream_of

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 50


def digest(content):
    return hashlib.sha256(content).hexdigest()


class Files:
    def __init__(self, client, project) -> None:
        self.client = client
        self.url = f"/bulk/v1/projects/{project.pk}/files"

    def missing(self, checksums):
        return self.client.post(
            f"{self.url}/missing", json.dumps({"sha256": checksums}), content_type="application/json"
        )

    def post(self, content):
        return self.client.post(self.url, content, content_type=STREAM)

    def send(self, *contents, **columns):
        table = {
            "sha256": [digest(content) for content in contents],
            "name": [f"file {number}.png" for number, _ in enumerate(contents)],
            "content": pa.array(contents, type=pa.binary()),
        }
        return self.post(stream_of(pa.table(table | columns)))


@pytest.fixture
def files(bob, project, client_for):
    return Files(client_for(bob), project)


def test_only_missing_files_are_asked_for_and_stored(files):
    assert files.missing([digest(PNG), digest(b"b")]).json() == {"missing": [digest(PNG), digest(b"b")]}
    assert files.send(PNG, b"b").json() == {"stored": 2}
    assert files.missing([digest(PNG), digest(b"c"), digest(b"b")]).json() == {"missing": [digest(b"c")]}
    assert files.send(PNG, b"b", b"c", b"c").json() == {"stored": 1}
    assert files.send(PNG).json() == {"stored": 0}
    assert Resource.objects.count() == 3


def test_files_lie_packed_and_read_back(files):
    contents = [PNG, b"", b"second", b"x" * 100_000]
    files.send(*contents)
    found = {resource.sha256: resource for resource in Resource.objects.all()}
    assert len({resource.path for resource in found.values()}) == 1
    for content in contents:
        resource = found[digest(content)]
        assert read_ranges(resource, [(resource.offset, resource.size)]) == [content]
    assert found[digest(PNG)].media_type == "image/png"


def test_a_datapoint_takes_an_uploaded_file_as_its_resource(files, uploader, dataset):
    files.send(PNG)
    assert uploader.log({"key": ["a", "b"], "file": [digest(PNG), digest(PNG).upper()]})["added"] == 2
    assert uploader.log({"key": ["a"], "file": [digest(PNG)]})["unchanged"] == 1
    resource = Resource.objects.get()
    assert dense(uploader.client, dataset, "resource") == [resource.pk, resource.pk]


def test_a_file_of_another_project_cannot_be_named(files, uploader, charlie, client_for):
    elsewhere = Files(client_for(charlie), charlie.memberships.get().project)
    assert elsewhere.send(PNG).json() == {"stored": 1}
    assert files.missing([digest(PNG)]).json() == {"missing": [digest(PNG)]}
    assert uploader.try_log({"key": ["a"], "file": [digest(PNG)]}).status_code == 422
    assert not Datapoint.objects.exists()


def test_bad_files_are_refused_and_nothing_is_stored(files):
    cases = [
        (files.send(b"a", sha256=[digest(b"b")]), "Row 0 ('file 0.png')"),
        (files.send(b"a", sha256=["x"]), "64 hexadecimal digits"),
        (files.send(b"a", sha256=pa.nulls(1, pa.string())), "64 hexadecimal digits"),
        (files.send(b"a", name=pa.nulls(1, pa.string())), "Row 0"),
        (files.send(b"a", name=["n" * 501]), "500 characters"),
        (files.send(b"a", content=pa.nulls(1, pa.binary())), "Row 0"),
        (files.send(b"x" * (15 * 1024 * 1024 + 1)), "15,728,640 bytes"),
        (files.send(b"a", extra=["x"], name=pa.array([1])), "'name'"),
        (files.post(stream_of(pa.table({"sha256": ["x"]}))), "sha256, name and content"),
        (files.post(b"PK\x03\x04zip"), "ZIP"),
    ]
    for answer, message in cases:
        assert answer.status_code in {415, 422}
        assert message in answer.json()["error"]["message"]
    assert files.post(b"x" * (16 * 1024 * 1024 + 1)).status_code == 413
    assert not Resource.objects.exists()


def test_bad_questions_are_refused(files):
    for checksums in (None, "x", ["x"], [7], [None]):
        assert files.missing(checksums).status_code == 422
    answer = files.missing(["0" * 64] * 20_001)
    assert answer.json()["error"]["code"] == "LIMIT_EXCEEDED"


def test_who_may_upload_files(project, alice, vera, charlie, client_for, token_for):
    for who, status in [(vera, 403), (charlie, 404), (None, 401), (token_for(alice, scope="read"), 403)]:
        files = Files(client_for(who), project)
        assert files.send(PNG).status_code == status
        assert files.missing([digest(PNG)]).status_code == status
    assert not Resource.objects.exists()
    assert Files(client_for(token_for(alice)), project).send(PNG).json() == {"stored": 1}
