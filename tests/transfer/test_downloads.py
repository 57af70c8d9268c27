"""Fetching the file of an export: whole, in parts, by members only, for a week."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from apps.curation.garbage import GRACE, collect_garbage
from apps.curation.models import Export
from tests.cast import make_client
from tests.transfer.conftest import ask_for_export, download


@pytest.fixture
def url(export, alice, dataset):
    """The address of an export of the twenty keys."""
    export(alice, dataset.project, "KEYS", datasetId=str(dataset.pk))
    return f"/bulk/v1/exports/{Export.objects.get().pk}/content"


@pytest.fixture
def whole(url, alice):
    return download(alice, url)


def test_a_download_has_a_name_a_size_and_a_checksum(url, whole, alice):
    response = make_client(alice).get(url)
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''MNIST-train-")
    assert response.headers["Content-Length"] == str(len(whole))
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    again = make_client(alice).get(url, headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = make_client(alice).head(url)
    assert (head.status_code, head.headers["Content-Length"], head.content) == (200, str(len(whole)), b"")


@pytest.mark.parametrize(
    ("range", "start", "end"),
    [("bytes=0-3", 0, 4), ("bytes=5-", 5, None), ("bytes=-4", -4, None), ("bytes=3-9999999", 3, None)],
)
def test_a_range_is_answered_with_these_bytes(url, whole, alice, range, start, end):
    response = make_client(alice).get(url, headers={"Range": range})
    assert response.status_code == 206
    wanted = whole[start:end]
    assert b"".join(response) == wanted
    first = whole.index(wanted)
    assert response.headers["Content-Range"] == f"bytes {first}-{first + len(wanted) - 1}/{len(whole)}"


def test_a_range_beyond_the_end_is_refused_with_the_size(url, whole, alice):
    response = make_client(alice).get(url, headers={"Range": f"bytes={len(whole)}-"})
    assert (response.status_code, response.headers["Content-Range"]) == (416, f"bytes */{len(whole)}")


@pytest.mark.parametrize("range", ["bytes=0-1,4-5", "lines=1-2", "bytes=-", "bytes=x"])
def test_what_is_no_single_range_of_bytes_gets_the_whole_file(url, whole, alice, range):
    response = make_client(alice).get(url, headers={"Range": range})
    assert (response.status_code, b"".join(response)) == (200, whole)


def test_a_download_is_resumed_only_of_the_same_file(url, whole, alice):
    etag = make_client(alice).head(url).headers["ETag"]
    rest = make_client(alice).get(url, headers={"Range": "bytes=7-", "If-Range": etag})
    assert (rest.status_code, b"".join(rest)) == (206, whole[7:])
    other = make_client(alice).get(url, headers={"Range": "bytes=7-", "If-Range": '"other"'})
    assert (other.status_code, b"".join(other)) == (200, whole)


def test_only_members_download(url, vera, charlie):
    assert make_client(vera).get(url).status_code == 200
    assert make_client(charlie).get(url).status_code == 404
    assert make_client(None).get(url).status_code == 401


def test_an_export_that_is_not_done_says_so(db, alice, dataset):
    payload = ask_for_export(alice, dataset.project, "CSV", datasetId=str(dataset.pk))
    assert payload["export"]["downloadUrl"] is None
    response = make_client(alice).get(f"/bulk/v1/exports/{payload['export']['id']}/content")
    assert response.status_code == 409


def test_an_export_expires_and_its_file_goes_with_the_garbage(url, alice, gql, settings):
    path = Export.objects.get().path
    Export.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert make_client(alice).get(url).status_code == 404
    assert gql(alice, "{ exports { edges { node { downloadUrl } } } }")["data"]["exports"]["edges"] == [
        {"node": {"downloadUrl": None}}
    ]
    Export.objects.update(expires_at=timezone.now() - GRACE - timedelta(minutes=1))
    collect_garbage()
    assert not Export.objects.exists()
    assert default_storage.exists(path)  # younger than a day


def test_a_deleted_export_is_gone(url, alice, gql):
    delete = "mutation ($id: ID!) { deleteExport(input: {id: $id}) { errors { code } } }"
    gql(alice, delete, {"id": str(Export.objects.get().pk)})
    assert make_client(alice).get(url).status_code == 404
