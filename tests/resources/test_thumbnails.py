from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from apps.datasets.resources import painters
from tests.resources.conftest import picture


def get(client_for, caller, resource, query="", **headers):
    return client_for(caller).get(f"/resources/{resource.pk}/thumbnail{query}", headers=headers)


def opened(answer):
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "image/webp"
    return Image.open(io.BytesIO(answer.content))


def test_a_thumbnail_fits_the_size_and_keeps_the_proportions(client_for, vera, uploaded):
    resource = uploaded(picture((400, 200), colour=(200, 30, 30)))
    assert opened(get(client_for, vera, resource)).size == (128, 64)
    small = opened(get(client_for, vera, resource, "?size=16"))
    assert small.size == (16, 8)
    red, green, blue = small.convert("RGB").getpixel((8, 4))
    assert red > 150 > green + blue


def test_small_pictures_stay_as_they_are_to_the_pixel(client_for, vera, uploaded):
    digit = Image.effect_noise((8, 8), 90)
    target = io.BytesIO()
    digit.save(target, "PNG")
    thumbnail = opened(get(client_for, vera, uploaded(target.getvalue())))
    assert thumbnail.convert("L").tobytes() == digit.tobytes()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_pixel_becomes_a_picture(client_for, vera, uploaded, mode):
    content = picture((40, 20), mode=mode, format="JPEG" if mode == "CMYK" else "PNG")
    assert opened(get(client_for, vera, uploaded(content))).size == (40, 20)


def test_sixteen_bits_keep_their_shades(client_for, vera, uploaded):
    content = picture((20, 20), mode="I;16", colour=0x8000)
    shade = opened(get(client_for, vera, uploaded(content))).convert("L").getpixel((5, 5))
    assert 120 <= shade <= 136


def test_a_photograph_is_turned_upright(client_for, vera, uploaded):
    exif = Image.Exif()
    exif[0x0112] = 6  # a camera held upright
    content = picture((400, 200), format="JPEG", exif=exif)
    assert opened(get(client_for, vera, uploaded(content))).size == (64, 128)


def test_transparency_is_kept(client_for, vera, uploaded):
    content = picture((20, 20), mode="RGBA", colour=(255, 0, 0, 0))
    assert opened(get(client_for, vera, uploaded(content))).convert("RGBA").getpixel((3, 3))[3] == 0


def test_an_animation_shows_its_first_picture(client_for, vera, uploaded):
    frames = [Image.new("RGB", (30, 30), colour) for colour in ("red", "blue")]
    target = io.BytesIO()
    frames[0].save(target, "GIF", save_all=True, append_images=frames[1:])
    red, _, blue = opened(get(client_for, vera, uploaded(target.getvalue()))).convert("RGB").getpixel((5, 5))
    assert red > 200 > blue + 150


def huge_png(width, height):
    """A PNG that says that it is huge and holds nearly nothing."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"SIMPLE  =                    T",
        picture()[:60],
        picture((300, 300), format="JPEG")[:200],
        huge_png(50_000, 50_000),
        huge_png(8_000, 8_000),
        huge_png(2**31 - 1, 2**31 - 1),
        b"GIF89a" + b"\xff" * 40,
        b"BM" + b"\0" * 60,
        b"RIFF\x10\0\0\0WEBPVP8 ",
        picture(format="TIFF"),
    ],
    ids=range(14),
)
def test_what_is_no_good_image_gets_a_sentence(client_for, vera, uploaded, content):
    answer = get(client_for, vera, uploaded(content))
    assert answer.status_code == 415
    assert answer.json()["error"]["code"] == "UNSUPPORTED_TYPE"
    assert "image" in answer.json()["error"]["message"]


@pytest.mark.parametrize("size", ["-1", "0", "15", "513", "100000", "abc", "", "1e2", "٣٢", "16.0"])
def test_other_sizes_are_refused(client_for, vera, uploaded, size):
    answer = get(client_for, vera, uploaded(picture()), f"?size={size}")
    assert answer.status_code == 422
    assert answer.json()["error"]["message"] == "size must be a whole number 16 … 512."


def test_a_thumbnail_is_made_once(client_for, vera, uploaded, monkeypatch):
    resource = uploaded(picture((300, 300)))
    first = get(client_for, vera, resource)
    monkeypatch.setattr(painters.Painter, "paint", lambda *request: pytest.fail("made again"))
    again = get(client_for, vera, resource)
    assert again.content == first.content
    unchanged = get(client_for, vera, resource, if_none_match=first["ETag"])
    assert unchanged.status_code == 304


def test_a_file_that_changed_in_its_root_gets_a_new_thumbnail(client_for, vera, root, referenced):
    path = root / "a.png"
    path.write_bytes(picture((100, 50)))
    resource = referenced("root:photos/a.png")
    assert opened(get(client_for, vera, resource)).size == (100, 50)
    path.write_bytes(picture((50, 100)))
    assert opened(get(client_for, vera, resource)).size == (50, 100)
