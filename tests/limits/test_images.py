"""Images made to do harm: they fill or break a process that draws pictures, never the server."""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
import time

import psutil
import pytest
from PIL import Image

from apps.common.errors import RetryLater
from apps.datasets.compute.picture_process import MOST_MEMORY
from apps.datasets.resources import painters
from apps.datasets.resources.painters import Painter, Studio
from apps.datasets.resources.thumbnails import KEPT_SIZES, cache_folder
from tests.limits.measuring import MIB
from tests.resources.conftest import picture
from tests.resources.test_thumbnails import huge_png, opened

pytestmark = pytest.mark.holds(15)
REFUSED = {
    "50,000 x 50,000 pixels in a few bytes": huge_png(50_000, 50_000),
    "a width that no image has": huge_png(2**31 - 1, 1),
    "an EPS file": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "a FITS file": b"SIMPLE  =                    T / FITS".ljust(2880),
    "a Photoshop file": b"8BPS\0\1" + b"\0" * 60,
    "a TIFF file": picture(format="TIFF"),
    "an icon": picture(format="ICO"),
    "a page": b"<html><img src=x onerror=alert(1)>",
    "a drawing with a script": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "entities within entities": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
    "half a JPEG": picture((300, 300), format="JPEG")[:400],
    "half a PNG": picture((300, 300))[:60],
}


@pytest.fixture
def studio(monkeypatch):
    """Painters of the test's own; none outlives it."""
    made = []

    def make():
        made.append(Painter())
        return made[-1]

    own = Studio(make)
    own.painters = made
    monkeypatch.setattr("apps.datasets.resources.thumbnails.studio", own)
    yield own
    for painter in made:
        painter.stop()


@pytest.fixture
def get(client_for, vera, uploaded, studio):
    """get(content, "?size=64") -> the answer for a thumbnail of a file with this content."""
    resources = {}

    def get(content, query=""):
        if content not in resources:
            resources[content] = uploaded(content)
        return client_for(vera).get(f"/resources/{resources[content].pk}/thumbnail{query}")

    return get


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_good_image_is_refused_in_a_sentence(get, name):
    for query in ("", "?region=0.2,0.2,0.1,0.1"):
        answer = get(REFUSED[name], query)
        assert (answer.status_code, answer.json()["error"]["code"]) == (415, "UNSUPPORTED_TYPE")


def test_the_largest_image_is_drawn_and_the_server_keeps_its_size(get, growth):
    content = picture((7000, 7000), mode="P")
    with growth(at_most=60):
        assert opened(get(content)).size == (128, 128)
        assert opened(get(content, "?region=0.1,0.1,0.01,0.01&padding=0")).size == (70, 70)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_an_image_that_wants_more_memory_than_is_given_is_refused_and_the_next_one_drawn(get, studio):
    assert opened(get(picture())).size == (40, 20)
    for painter in studio.painters:
        if painter._process is not None:
            process = psutil.Process(painter._process.pid)
            assert process.rlimit(psutil.RLIMIT_AS) == (MOST_MEMORY, MOST_MEMORY)
            process.rlimit(psutil.RLIMIT_AS, (150 * MIB, MOST_MEMORY))
    assert get(picture((7000, 7000), mode="P")).status_code == 415
    assert opened(get(picture((50, 50)))).size == (50, 50)


def test_an_animation_of_ten_thousand_pictures_costs_one(get):
    frame = picture((30, 30), format="GIF", mode="P")
    start = frame.index(b",", 13)
    body = frame[start:-1]
    content = frame[:start] + body * 10_000 + b";"
    started = time.monotonic()
    assert opened(get(content)).size == (30, 30)
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_a_profile_of_ten_megabytes_is_left_behind(get, mode):
    content = picture((40, 20), mode=mode, format="JPEG", icc_profile=os.urandom(10 * MIB))
    assert len(content) > 10 * MIB
    answer = get(content)
    assert opened(answer).size == (40, 20)
    assert len(answer.content) < 10_000


def test_where_a_photograph_was_taken_does_not_pass_into_its_thumbnail(get):
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    content = picture((400, 200), format="JPEG", exif=exif)
    assert b"taken at home" in content
    assert b"taken at home" not in get(content).content


def test_a_picture_that_takes_too_long_is_given_up(get, studio, monkeypatch):
    assert get(picture()).status_code == 200
    monkeypatch.setattr(painters, "LONGEST_SECONDS", 0.5)
    for painter in studio.painters:
        if painter._process is not None:
            os.kill(painter._process.pid, signal.SIGSTOP)
    answer = get(picture((50, 50)))
    assert answer.status_code == 415
    assert "seconds" in answer.json()["error"]["message"]
    monkeypatch.undo()


def test_a_process_that_was_killed_is_replaced_and_nobody_notices(get, studio):
    assert get(picture()).status_code == 200
    for painter in studio.painters:
        if painter._process is not None:
            painter._process.kill()
    assert get(picture((50, 50))).status_code == 200


def test_what_kills_its_process_each_time_is_refused(get, studio, monkeypatch):
    monkeypatch.setattr(painters.sys, "executable", "/bin/false")
    answer = get(picture((50, 50)))
    assert answer.status_code == 415
    assert "breaks its decoder" in answer.json()["error"]["message"]


def test_no_more_pictures_are_drawn_at_once_than_there_are_painters(studio, monkeypatch):
    monkeypatch.setattr(painters, "LONGEST_SECONDS", 0.2)
    with studio.painter(), studio.painter(), pytest.raises(RetryLater), studio.painter():
        pytest.fail("there are two painters")
    with studio.painter() as painter:
        assert painter in studio.painters


def test_many_requests_at_once_start_no_more_processes(studio):
    content = picture((2000, 2000))

    def draw() -> None:
        with studio.painter() as painter:
            painter.paint(content, 64, None)

    threads = [threading.Thread(target=draw) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    running = [painter._process.pid for painter in studio.painters if painter._process is not None]
    assert 1 <= len(running) <= painters.AT_ONCE


def test_the_process_knows_no_secret_of_the_server_and_ends_with_its_input(studio, monkeypatch):
    monkeypatch.setenv("CHROMA_SECRET_KEY", "s3cret")
    monkeypatch.setenv("DATABASE_URL", "postgres://u:s3cret@h/d")
    with studio.painter() as painter:
        painter.paint(picture(), 64, None)
        process = psutil.Process(painter._process.pid)
        assert "s3cret" not in str(process.environ())
        painter._process.stdin.close()
        assert process.wait(10) == 0


def test_of_all_sizes_only_a_few_are_kept(get, client_for, vera, uploaded):
    before = set(cache_folder().glob("*/*"))
    resource = uploaded(picture((300, 300)))
    for size in [16, 17, 64, 99, 127, 128, 200, 256, 300, 511, 512]:
        assert client_for(vera).get(f"/resources/{resource.pk}/thumbnail?size={size}").status_code == 200
    assert len(set(cache_folder().glob("*/*")) - before) == len(KEPT_SIZES)


def test_pictures_are_drawn_from_bytes_alone(studio):
    """Whatever a decoder would open beside them, it is given no name of a file."""
    with studio.painter() as painter:
        drawn = painter.paint(picture((5, 5), colour=(9, 8, 7)), 64, None)
    assert Image.open(io.BytesIO(drawn)).getpixel((2, 2))[:3] == (9, 8, 7)
