"""Parts of a resource: one range or the whole, never all the ranges that somebody thinks up."""

from __future__ import annotations

import pytest

CONTENT = bytes(range(256)) * 4


@pytest.fixture(params=["uploaded", "in a root"])
def resource(request, uploaded, root, referenced):
    if request.param == "uploaded":
        return uploaded(CONTENT, "x.bin")
    (root / "x.bin").write_bytes(CONTENT)
    return referenced("root:photos/x.bin")


@pytest.fixture
def get(client_for, vera, resource):
    return lambda **headers: client_for(vera).get(f"/resources/{resource.pk}", headers=headers)


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("0-3", 0, 4), ("5-", 5, 1024), ("-1", 1023, 1024), ("1000-99999", 1000, 1024), ("-5000", 0, 1024)],
)
def test_a_range_is_answered_with_these_bytes(get, asked, start, end):
    answer = get(Range=f"bytes={asked}")
    assert (answer.status_code, answer.content) == (206, CONTENT[start:end])
    assert answer["Content-Range"] == f"bytes {start}-{end - 1}/1024"
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("asked", ["1024-", f"{10**17}-", "-0", "5000-6000"])
def test_a_range_without_a_byte_is_refused_with_the_size(get, asked):
    answer = get(Range=f"bytes={asked}")
    assert (answer.status_code, answer.content, answer["Content-Range"]) == (416, b"", "bytes */1024")


@pytest.mark.holds(15)
@pytest.mark.parametrize("asked", ["bytes=5-2", "bytes=-", "bytes=x", "lines=0-1", f"bytes={10**18}-", "bytes=٠-٣"])
def test_what_is_no_range_gets_the_whole(get, asked):
    answer = get(Range=asked)
    assert (answer.status_code, answer.content) == (200, CONTENT)


@pytest.mark.holds(15)
@pytest.mark.parametrize("ranges", [["0-0", "2-2"], ["0-"] * 1000, [f"{n}-{n}" for n in range(0, 1000, 2)]])
def test_many_ranges_are_never_all_sent(get, ranges):
    answer = get(Range=f"bytes={','.join(ranges)}")
    assert (answer.status_code, len(answer.content)) == (200, len(CONTENT))
    assert "multipart" not in answer["Content-Type"]


def test_a_part_of_what_changed_since_is_not_sent(get):
    etag = get()["ETag"]
    assert get(Range="bytes=7-", If_Range=etag).status_code == 206
    assert get(Range="bytes=7-", If_Range='"older"').content == CONTENT


@pytest.mark.holds(15)
def test_a_part_of_a_picture_is_shown_as_one_and_of_anything_else_is_a_download(client_for, vera, uploaded):
    picture, page = uploaded(b"\x89PNG\r\n\x1a\n" + CONTENT), uploaded(b"<html>GIF89a<script>")
    part = {"Range": "bytes=6-"}
    assert client_for(vera).get(f"/resources/{picture.pk}", headers=part)["Content-Type"] == "image/png"
    answer = client_for(vera).get(f"/resources/{page.pk}", headers=part)
    assert answer.content.startswith(b"GIF89a")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.holds(15)
@pytest.mark.parametrize(
    "header", [{"If-None-Match": "*"}, {"Range": "bytes=0-1"}, {"If-Range": "x", "Range": "bytes=0-"}]
)
@pytest.mark.parametrize("address", ["", "/thumbnail"])
def test_whoever_signed_out_learns_nothing_of_what_the_browser_keeps(client_for, vera, resource, header, address):
    client = client_for(vera)
    etag = client.get(f"/resources/{resource.pk}").headers["ETag"]
    client.logout()
    answer = client.get(f"/resources/{resource.pk}{address}", headers=header)
    known = client.get(f"/resources/{resource.pk}{address}", headers={"If-None-Match": etag})
    assert {answer.status_code, known.status_code} == {401}
