"""An upload session is declared, resumed, and committed all or nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.datasets.models import Datapoint, Upload, UploadChunk
from apps.datasets.services import uploads
from apps.storage import files
from tests.logging.upload import Uploader, declaration_of, sha256, stream_of, table_of

SIZE = 1000


@pytest.fixture
def content():
    return stream_of(table_of({"key": [f"key {row:04d}" for row in range(500)]}))


def chunks_of(content):
    return [content[start : start + SIZE] for start in range(0, len(content), SIZE)]


def open_upload(uploader, content, **declared):
    answer = uploader.declare(content, 500, chunk_bytes=SIZE, **declared)
    assert answer.status_code == 201, answer.content
    return answer.json()


def error_of(answer):
    return answer.json()["error"]


def test_a_new_session_misses_all_its_chunks(uploader, content):
    opened = open_upload(uploader, content)
    assert opened == {
        "id": opened["id"],
        "state": "open",
        "missing_chunks": list(range(len(chunks_of(content)))),
        "report": None,
    }


@pytest.mark.holds(27)
def test_chunks_may_come_in_any_order_and_more_than_once(uploader, content):
    upload_id = open_upload(uploader, content)["id"]
    chunks = list(enumerate(chunks_of(content)))
    for left, (number, chunk) in zip(reversed(range(len(chunks))), reversed(chunks), strict=True):
        assert uploader.send(upload_id, number, chunk).json() == {"missing_count": left}
        assert uploader.send(upload_id, number, chunk).json() == {"missing_count": left}
    assert uploader.commit(upload_id).json() == {"report": {"added": 500, "updated": 0, "unchanged": 0}}


@pytest.mark.holds(27)
def test_a_cut_upload_resumes_under_its_key(uploader, content):
    declaration = declaration_of(content, 500, chunk_bytes=SIZE)
    first = uploader.declare_exactly(declaration).json()
    chunks = chunks_of(content)
    uploader.send(first["id"], 1, chunks[1])

    resumed = uploader.declare_exactly(declaration)
    assert resumed.status_code == 200
    assert resumed.json()["id"] == first["id"]
    missing = resumed.json()["missing_chunks"]
    assert missing == [0, *range(2, len(chunks))]
    for number in missing:
        uploader.send(first["id"], number, chunks[number])
    assert uploader.commit(first["id"]).json()["report"]["added"] == 500


@pytest.mark.holds(27)
def test_committing_again_and_declaring_again_answer_the_same_report(uploader, content):
    declaration = declaration_of(content, 500, chunk_bytes=SIZE)
    upload_id = uploader.declare_exactly(declaration).json()["id"]
    for number, chunk in enumerate(chunks_of(content)):
        uploader.send(upload_id, number, chunk)
    report = uploader.commit(upload_id).json()["report"]
    assert uploader.commit(upload_id).json()["report"] == report
    again = uploader.declare_exactly(declaration).json()
    assert again == {"id": upload_id, "state": "committed", "missing_chunks": [], "report": report}
    assert uploader.look(upload_id).json() == again
    assert error_of(uploader.send(upload_id, 0, chunks_of(content)[0]))["code"] == "CONFLICT"
    assert Datapoint.objects.count() == 500
    assert not UploadChunk.objects.exists()


@pytest.mark.holds(26)
def test_a_commit_with_missing_chunks_names_them_and_can_go_on(uploader, content):
    upload_id = open_upload(uploader, content)["id"]
    chunks = chunks_of(content)
    for number in range(2, len(chunks)):
        uploader.send(upload_id, number, chunks[number])
    answer = uploader.commit(upload_id)
    assert answer.status_code == 409
    assert "2 of the chunks are missing: 0, 1." in error_of(answer)["message"]
    assert not Datapoint.objects.exists()
    uploader.send(upload_id, 0, chunks[0])
    uploader.send(upload_id, 1, chunks[1])
    assert uploader.commit(upload_id).status_code == 200


@pytest.mark.holds(27)
def test_the_same_key_with_another_declaration_is_a_conflict(uploader, content):
    declaration = declaration_of(content, 500)
    uploader.declare_exactly(declaration)
    for change in [{"row_count": 499}, {"sha256": "0" * 64}, {"model": "other"}, {"classes": ["a"]}, {"dimension": 3}]:
        answer = uploader.declare_exactly(declaration | change)
        assert (answer.status_code, error_of(answer)["code"]) == (409, "IDEMPOTENCY_CONFLICT")
    assert Upload.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"row_count": 0}, "row_count"),
        ({"row_count": 20_001}, "row_count"),
        ({"row_count": True}, "row_count"),
        ({"row_count": "7"}, "row_count"),
        ({"byte_count": 0}, "byte_count"),
        ({"byte_count": 10**12}, "byte_count"),
        ({"chunk_bytes": 8 * 1024 * 1024 + 1}, "chunk_bytes"),
        ({"dimension": 1}, "dimension"),
        ({"dimension": 16_385}, "dimension"),
        ({"sha256": "abc"}, "sha256"),
        ({"sha256": None}, "sha256"),
        ({"key": ""}, "key"),
        ({"key": "k" * 101}, "key"),
        ({"key": "a\0"}, "key"),
        ({"model": "m" * 101}, "model"),
        ({"version": "\u202e"}, "version"),
        ({"layer": 7}, "layer"),
        ({"classes": "cat"}, "classes"),
        ({"classes": []}, "classes"),
        ({"classes": ["cat", "cat"]}, "classes"),
        ({"classes": [""]}, "classes"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_declaration_is_refused_by_field(uploader, content, change, field):
    answer = uploader.declare_exactly(declaration_of(content, 500) | change)
    assert answer.status_code == 422
    assert error_of(answer)["field"] == field
    assert not Upload.objects.exists()


def test_too_many_small_chunks_are_refused(uploader, content):
    answer = uploader.declare(content, 500, chunk_bytes=1)
    assert error_of(answer)["code"] == "LIMIT_EXCEEDED"


@pytest.mark.parametrize("body", ["", "[]", "{", "null", "[" * 100_000])
def test_a_declaration_must_be_a_json_object(uploader, body):
    url = f"/bulk/v1/datasets/{uploader.dataset.pk}/uploads"
    answer = uploader.client.post(url, body, content_type="application/json")
    assert answer.status_code in {411, 422}


def test_a_chunk_must_be_what_its_header_says(uploader, content):
    upload_id = open_upload(uploader, content)["id"]
    chunk = chunks_of(content)[0]
    for headers, part in [
        ({"X-Chroma-Sha256": sha256(b"other")}, "send it again"),
        ({"X-Chroma-Sha256": "zz"}, "64 hexadecimal digits"),
    ]:
        answer = uploader.send(upload_id, 0, chunk, **headers)
        assert answer.status_code == 422
        assert part in error_of(answer)["message"]
    assert "1,000 bytes" in error_of(uploader.send(upload_id, 0, chunk[:-1]))["message"]
    assert "There is no chunk" in error_of(uploader.send(upload_id, 99, chunk))["message"]
    assert not UploadChunk.objects.exists()


@pytest.mark.holds(27)
def test_another_content_under_a_received_number_is_a_conflict(uploader, content):
    upload_id = open_upload(uploader, content)["id"]
    uploader.send(upload_id, 0, chunks_of(content)[0])
    answer = uploader.send(upload_id, 0, b"x" * SIZE)
    assert (answer.status_code, error_of(answer)["code"]) == (409, "CONFLICT")
    assert UploadChunk.objects.get().sha256 == sha256(chunks_of(content)[0])


@pytest.mark.holds(26)
def test_chunks_that_do_not_add_up_are_refused(uploader, content):
    upload_id = open_upload(uploader, content, sha256="0" * 64)["id"]
    for number, chunk in enumerate(chunks_of(content)):
        uploader.send(upload_id, number, chunk)
    answer = uploader.commit(upload_id)
    assert (answer.status_code, error_of(answer)["field"]) == (422, "sha256")
    assert not Datapoint.objects.exists()


@pytest.mark.holds(24)
def test_a_chunk_that_the_disk_lost_is_asked_for_again(uploader, content, settings):
    upload_id = open_upload(uploader, content)["id"]
    for number, chunk in enumerate(chunks_of(content)):
        uploader.send(upload_id, number, chunk)
    (settings.CHROMA_DATA_DIR / "files" / UploadChunk.objects.get(number=3).path).write_bytes(b"x" * SIZE)
    answer = uploader.commit(upload_id)
    assert (answer.status_code, error_of(answer)["code"]) == (409, "CONFLICT")
    assert uploader.look(upload_id).json()["missing_chunks"] == [3]
    uploader.send(upload_id, 3, chunks_of(content)[3])
    assert uploader.commit(upload_id).status_code == 200


@pytest.mark.holds(20)
def test_a_body_is_refused_by_its_headers_before_it_is_read(uploader, content):
    url = f"/bulk/v1/uploads/{open_upload(uploader, content)['id']}/chunks/0"

    def put(**options):
        headers = {"X-Chroma-Sha256": "0" * 64} | options.pop("headers", {})
        return uploader.client.generic("PUT", url, options.pop("data", b"x"), headers=headers, **options)

    assert put(CONTENT_LENGTH="").status_code == 411
    assert put(CONTENT_LENGTH="abc").status_code == 400
    assert put(CONTENT_LENGTH="-1").status_code == 400
    assert put(CONTENT_LENGTH=str(8 * 1024 * 1024 + 1)).status_code == 413
    assert put(headers={"Content-Encoding": "gzip"}).status_code == 415
    assert put(content_type="multipart/form-data; boundary=x").status_code == 415


def test_an_expired_session_is_gone_and_its_key_is_free_again(uploader, content):
    declaration = declaration_of(content, 500, chunk_bytes=SIZE)
    upload_id = uploader.declare_exactly(declaration).json()["id"]
    Upload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    for answer in (uploader.look(upload_id), uploader.commit(upload_id), uploader.send(upload_id, 0, b"x")):
        assert (answer.status_code, error_of(answer)["code"]) == (404, "NOT_FOUND")
    assert uploader.declare_exactly(declaration).status_code == 201


def test_a_deleted_dataset_takes_its_sessions_along(uploader, content):
    upload_id = open_upload(uploader, content)["id"]
    uploader.dataset.delete()
    assert uploader.commit(upload_id).status_code == 404


def test_open_sessions_are_limited_but_resuming_is_not(uploader, content, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_OPEN", 2)
    declaration = declaration_of(content, 500)
    assert uploader.declare_exactly(declaration).status_code == 201
    assert uploader.declare(content, 500).status_code == 201
    assert error_of(uploader.declare(content, 500))["code"] == "LIMIT_EXCEEDED"
    assert uploader.declare_exactly(declaration).status_code == 200


def test_a_nearly_full_disk_takes_no_new_sessions(uploader, content, monkeypatch):
    monkeypatch.setattr(files, "LEAST_FREE_BYTES", 10**18)
    answer = uploader.declare(content, 500)
    assert (answer.status_code, error_of(answer)["code"]) == (507, "LIMIT_EXCEEDED")
    assert not Upload.objects.exists()


def test_who_may_log(uploader, content, dataset, project, alice, bob, vera, charlie, client_for, token_for):
    upload_id = open_upload(uploader, content)["id"]
    readers = {
        "viewer": (client_for(vera), 403, "Your role is viewer; editor or owner is needed."),
        "stranger": (client_for(charlie), 404, None),
        "nobody": (client_for(None), 401, None),
        "read token of the owner": (client_for(token_for(alice, scope="read")), 403, None),
    }
    for who, (client, status, message) in readers.items():
        answer = Uploader(client, dataset).declare(content, 500)
        assert answer.status_code == status, who
        assert message is None or error_of(answer)["message"] == message
    for client in (client_for(alice), client_for(charlie)):
        other = Uploader(client, dataset)
        assert other.look(upload_id).status_code == 404
        assert other.send(upload_id, 0, chunks_of(content)[0]).status_code == 404
        assert other.commit(upload_id).status_code == 404
    assert Uploader(client_for(token_for(alice, project=project)), dataset).declare(content, 500).status_code == 201
    assert Upload.objects.count() == 2


def test_who_is_no_editor_any_more_cannot_commit(uploader, content, project, bob):
    upload_id = open_upload(uploader, content)["id"]
    for number, chunk in enumerate(chunks_of(content)):
        uploader.send(upload_id, number, chunk)
    project.memberships.filter(user=bob).update(role="viewer")
    assert uploader.commit(upload_id).status_code == 403
    project.memberships.filter(user=bob).delete()
    assert uploader.commit(upload_id).status_code == 404
    assert not Datapoint.objects.exists()


def test_ids_that_are_no_ids_are_simply_not_found(uploader):
    for url in ("/bulk/v1/uploads/x", "/bulk/v1/uploads/00000000-0000-0000-0000-000000000000"):
        answer = uploader.client.get(url)
        assert (answer.status_code, error_of(answer)["code"]) == (404, "NOT_FOUND")
