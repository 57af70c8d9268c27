"""Small pictures of a region: /resources/<id>/thumbnail?region=x,y,width,height&padding=…"""

from __future__ import annotations

import io

import pyarrow as pa
import pytest
from PIL import Image

from apps.datasets.models import Datapoint
from apps.datasets.resources.thumbnails import cache_folder
from tests.logging.upload import sha256, stream_of, table_of


@pytest.fixture
def quarters(project):
    """A picture of 200 x 100: red, green above blue, white."""
    picture = Image.new("RGB", (200, 100), "red")
    for colour, place in {"lime": (100, 0), "blue": (0, 50), "white": (100, 50)}.items():
        picture.paste(Image.new("RGB", (100, 50), colour), place)
    return picture


@pytest.fixture
def crop(quarters, uploader, client_for, vera):
    """crop(query) -> the answer, as Vera gets it."""
    resource = store(uploader, quarters)
    return lambda query: client_for(vera).get(f"/resources/{resource.pk}/thumbnail?{query}")


def store(uploader, picture, **options):
    target = io.BytesIO()
    picture.save(target, options.pop("format", "PNG"), **options)
    content = target.getvalue()
    table = table_of({"sha256": [sha256(content)], "name": ["x"], "content": pa.array([content], type=pa.binary())})
    url = f"/bulk/v1/projects/{uploader.dataset.project_id}/files"
    uploader.client.post(url, stream_of(table), content_type="application/octet-stream")
    uploader.log({"key": ["quarters"], "file": [sha256(content)]})
    return Datapoint.objects.get(key="quarters").resource


def opened(answer):
    assert answer.status_code == 200, answer.content
    return Image.open(io.BytesIO(answer.content)).convert("RGB")


def colours(picture):
    """The colours at the corners and in the middle, roughly."""
    width, height = picture.size
    places = [(0, 0), (width - 1, 0), (0, height - 1), (width - 1, height - 1), (width // 2, height // 2)]
    return [tuple(round(part / 255, 1) for part in picture.getpixel(place)) for place in places]


RED, GREEN, BLUE, WHITE, GREY = (1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 1), (0.5, 0.5, 0.5)


def test_a_region_is_cut_out(crop):
    picture = opened(crop("region=0.5,0,0.5,0.5&padding=0&size=512"))
    assert picture.size == (100, 50)
    assert set(colours(picture)) == {GREEN}


def test_padding_shows_what_is_around(crop):
    picture = opened(crop("region=0.25,0.25,0.5,0.5&padding=0.2&size=512"))
    assert picture.size == (140, 70)
    assert colours(picture)[:4] == [RED, GREEN, BLUE, WHITE]


def test_what_lies_beyond_the_edge_is_plain(crop):
    picture = opened(crop("region=0,0,0.5,0.5&padding=0.5&size=512"))
    assert picture.size == (200, 100)
    assert colours(picture) == [GREY, GREY, GREY, WHITE, RED]


def test_crops_stay_within_the_size(crop):
    assert max(opened(crop("region=0,0,1,1&padding=1&size=64")).size) == 64
    assert opened(crop("region=0.5,0.5,0.001,0.001&padding=0&size=64")).size == (1, 1)


def test_regions_are_of_the_image_as_it_is_shown(quarters, uploader, client_for, vera):
    exif = Image.Exif()
    exif[0x0112] = 6  # shown turned to the right: blue above white on the left becomes the top
    resource = store(uploader, quarters, format="JPEG", exif=exif, quality=95)
    answer = client_for(vera).get(f"/resources/{resource.pk}/thumbnail?region=0,0,0.5,0.5&padding=0&size=512")
    picture = opened(answer)
    assert (picture.size, colours(picture)[4]) == ((50, 100), BLUE)


@pytest.mark.parametrize(
    "query",
    [
        "region=", "region=0,0,1", "region=0,0,1,1,1", "region=a,0,1,1", "region=0,0,0,1", "region=0.5,0,0.6,1",
        "region=-0.1,0,1,1", "region=nan,0,1,1", "region=1,0,0.1,1", "region=0,0,1e-400,1", "padding=0.2",
        "region=0,0,1,1&padding=1.5", "region=0,0,1,1&padding=-1", "region=0,0,1,1&padding=x",
    ],
)  # fmt: skip
def test_wrong_regions_are_refused(crop, query):
    answer = crop(query)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "BAD_USER_INPUT")


def test_only_crops_of_objects_are_kept(crop, log_objects):
    log_objects(["quarters"], [(0.25, 0.25, 0.5, 0.5)])
    before = kept()
    for query in ("region=0.1,0.1,0.2,0.2", "region=0.3,0.25,0.5,0.5"):
        assert crop(query).status_code == 200
    assert kept() == before
    first = crop("region=0.25,0.25,0.5,0.5")
    assert kept() == before + 1
    again = crop("region=0.25001,0.25,0.49999,0.5")
    assert (again.content, again["ETag"], kept()) == (first.content, first["ETag"], before + 1)
    assert crop("region=0.25,0.25,0.5,0.5&padding=0.5")["ETag"] != first["ETag"]
    # With the padding that lists show; others are too many to be kept.
    assert kept() == before + 1


def kept():
    return len(list(cache_folder().glob("*/*.webp")))
