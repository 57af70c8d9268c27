"""What was staged for an upload leaves the disk with it: committed, refused, expired or deleted."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from apps.curation.models import ImportChunk
from apps.datasets.models import Upload, UploadChunk
from tests.logging.upload import declaration_of, stream_of, table_of
from tests.transfer.conftest import Sender, run_jobs

pytestmark = pytest.mark.holds(20)
KEYS = {"key": [f"k{number}" for number in range(2000)]}
CHUNK = 4096


def stored(project) -> set[str]:
    """The files of the project."""
    folder = Path(default_storage.path(str(project.pk)))
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


@pytest.fixture
def commit(uploader, django_capture_on_commit_callbacks):
    """commit(id) -> the answer, after what is done when the database has committed."""

    def commit(id):
        with django_capture_on_commit_callbacks(execute=True):
            return uploader.commit(id)

    return commit


@pytest.fixture
def staged(uploader):
    """staged(content, row_count) -> the id of a session whose chunks have all arrived."""

    def send(content, row_count=2000, **declared):
        id = uploader.declare(content, row_count, chunk_bytes=CHUNK, **declared).json()["id"]
        for number, start in enumerate(range(0, len(content), CHUNK)):
            assert uploader.send(id, number, content[start : start + CHUNK]).status_code == 200
        return id

    return send


def test_a_committed_session_leaves_only_what_it_logged(commit, staged, project):
    content = stream_of(table_of(KEYS))
    id = staged(content)
    chunks = {Path(chunk.path).name for chunk in UploadChunk.objects.all()}
    assert stored(project) >= chunks
    assert commit(id).status_code == 200
    assert not stored(project) & chunks
    assert not UploadChunk.objects.exists()


@pytest.mark.parametrize(
    ("content", "declared"),
    [
        (b"x" * 20_000, {}),
        (stream_of(table_of(KEYS)), {"row_count": 1999}),
        (stream_of(table_of(KEYS)), {"sha256": "0" * 64}),
        (stream_of(table_of(KEYS))[:-8], {}),
        (stream_of(table_of({"key": ["same"] * 2000})), {}),
    ],
    ids=["no stream", "another number of rows", "another checksum", "cut off", "the same key twice"],
)
def test_a_refused_session_gives_its_disk_back_at_once(uploader, commit, staged, project, content, declared):
    before = stored(project)
    id = staged(content, **declared)
    assert stored(project) > before
    assert commit(id).status_code == 422
    assert stored(project) == before
    # It may be sent again under its key, and gets the same answer again.
    assert uploader.look(id).json()["missing_chunks"] == list(range(-(-len(content) // CHUNK)))


def test_a_session_that_can_still_succeed_keeps_its_chunks(commit, staged, project, bob):
    id = staged(stream_of(table_of(KEYS)))
    project.memberships.filter(user=bob).update(role="viewer")
    assert commit(id).status_code == 403
    project.memberships.filter(user=bob).update(role="editor")
    assert commit(id).status_code == 200


def test_an_expired_session_gives_its_disk_back_when_anybody_uploads(
    uploader, staged, project, django_capture_on_commit_callbacks
):
    staged(stream_of(table_of(KEYS)))
    assert stored(project)
    Upload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with django_capture_on_commit_callbacks(execute=True):
        uploader.declare_exactly(declaration_of(b"x", 1))
    assert not stored(project)
    assert Upload.objects.count() == 1


def test_the_same_chunk_from_two_clients_at_once_is_kept_once(uploader, project, monkeypatch):
    content = b"x" * 100
    id = uploader.declare(content, 1).json()["id"]
    assert uploader.send(id, 0, content).status_code == 200
    kept = stored(project)
    # The second client looked before the first one had written.
    answers = iter([False, True])
    monkeypatch.setattr("apps.datasets.services.uploads._is_kept", lambda *chunk: next(answers))
    assert uploader.send(id, 0, content).status_code == 200
    assert stored(project) == kept


@pytest.fixture
def sender(transactional_db, alice, project):
    return Sender(alice, project)


def test_an_import_gives_its_disk_back_when_it_is_done_refused_or_deleted(sender, gql, alice, project):
    done = sender.bring_in(b"key,text\n" + b"".join(b"k%d,x\n" % number for number in range(3000)))
    assert done["state"] == "DONE"
    logged = stored(project)
    assert not ImportChunk.objects.exists()
    refused = sender.inspect(b"\x93NUMPY" + b"\0" * 5000)
    assert refused["state"] == "FAILED"
    assert stored(project) == logged
    waiting = sender.inspect(b"key\na\n")
    assert stored(project) > logged
    query = "mutation ($id: ID!) { deleteImport(input: {id: $id}) { errors { code } } }"
    assert gql(alice, query, {"id": waiting["id"]})["data"]["deleteImport"]["errors"] == []
    assert stored(project) == logged


def test_a_refused_import_that_is_run_again_asks_for_the_file(sender, gql, alice):
    refused = sender.inspect(b"\x93NUMPY" + b"\0" * 5000)
    query = "mutation ($id: ID!) { retryJob(input: {id: $id}) { errors { code message } } }"
    assert gql(alice, query, {"id": refused["job"]["id"]})["data"]["retryJob"]["errors"] == []
    run_jobs()
    assert "send it again" in sender.look(refused["id"])["job"]["error"]
