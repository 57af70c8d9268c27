"""Files made to break the server, or odd in ways that their formats allow: each is imported or told in a sentence."""

from __future__ import annotations

import io
import json
import shutil
import zipfile

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from apps.curation.imports.sources import archive
from apps.datasets.models import Datapoint
from apps.storage.files import LEAST_FREE_BYTES
from tests.transfer.conftest import run_jobs
from tests.transfer.test_inspecting import parquet
from tests.transfer.test_round_trip import zipped

IMAGE = {"id": 1, "file_name": "a", "width": 10, "height": 10}
BOX = {"image_id": 1, "category_id": 1, "bbox": [1, 1, 2, 2]}


def coco(**lists) -> bytes:
    whole = {"images": [IMAGE], "categories": [{"id": 1, "name": "c"}], "annotations": [BOX]} | lists
    return json.dumps(whole).encode()


def with_broken_bytes(content: bytes) -> bytes:
    broken = bytearray(content)
    broken[60:90] = (byte ^ 0x5A for byte in broken[60:90])
    return bytes(broken)


REFUSED = {
    "a category without a name": (coco(categories=[{"id": 1}]), "needs an id"),
    "a list as a category's id": (coco(categories=[{"id": [1], "name": "c"}]), "needs an id"),
    "two categories of one id": (coco(categories=[{"id": 1, "name": "c"}, {"id": 1, "name": "d"}]), "have the id 1"),
    "a broken member": (with_broken_bytes(zipped({"a.csv": str(np.arange(1000).tolist()).encode()})), "damaged"),
    "a first line of 2 MiB": (b"key," + b"x" * 2**21, "longer than 1 MiB"),
    "times on Mars": (parquet(key=["a"], at=pa.array([2], pa.timestamp("us", "Mars/Base"))), "type timestamp"),
}


@pytest.mark.holds(40)
def test_what_is_made_to_break_the_reader_is_refused_in_a_sentence(sender):
    for name, (content, words) in REFUSED.items():
        found = sender.inspect(content)
        assert (found["state"], words in found["job"]["error"]) == ("FAILED", True), (name, found["job"])


WRONG_ROWS = {
    "a list as an image's id": coco(images=[IMAGE | {"id": [1]}, IMAGE]),
    "two images of one id": coco(images=[IMAGE, IMAGE | {"file_name": "b"}]),
    "a number as a file": coco(images=[IMAGE | {"file": 5}, IMAGE]),
    "a number as a key": coco(annotations=[BOX | {"key": 7}]),
    "a text as a score": coco(predictions=[BOX | {"score": "x"}]),
    "a number as a model": coco(predictions=[BOX | {"score": 1, "model": 3}]),
    "a corner beyond all measure": coco(annotations=[BOX | {"bbox": [10**400, 1, 2, 2]}]),
    "an image beyond all measure": coco(images=[IMAGE | {"width": 10**400}]),
}


@pytest.mark.holds(40)
def test_wrong_records_of_coco_are_told_row_by_row(sender):
    for name, content in WRONG_ROWS.items():
        found = sender.inspect(content)
        assert (found["state"], found["errorCount"]) == ("READY", 1), (name, found["job"], found["errors"])


ODD_COLUMNS = {
    "large numbers in lists": b'{"key": "a", "odd": [9007199254740993]}\n',
    "large numbers beside fractions": b'{"key": "a", "odd": 1.5}\n{"key": "b", "odd": 9007199254740993}\n',
    "numbers of 70 bits": b'{"key": "a", "odd": 1180591620717411303424}\n',
    "half numbers": parquet(key=["a"], odd=pa.array([np.float16(1.5)])),
    "times after all calendars": parquet(key=["a"], odd=pa.array([2**55], pa.timestamp("us"))),
    "UUIDs": parquet(key=["a"], odd=pa.array([b"0" * 16], pa.uuid())),
    "booleans of eight bits": parquet(
        key=["a"], odd=pa.ExtensionArray.from_storage(pa.bool8(), pa.array([1], pa.int8()))
    ),
    "single bytes": parquet(key=["a"], odd=pa.array([b"x"], pa.binary(1))),
    "days in lists": parquet(key=["a"], odd=pa.array([[1]], pa.list_(pa.date32()))),
}


@pytest.mark.parametrize("name", ODD_COLUMNS)
def test_odd_columns_are_read_or_refused_but_break_nothing(sender, name):
    found = sender.inspect(ODD_COLUMNS[name])
    assert found["state"] == "READY", found["job"]
    for field in ("metadata:odd", "label", "embedding", "confidence"):
        sender.start(found, mapping={"odd": field})
        run_jobs()
        done = sender.look(found["id"])
        assert "Something went wrong" not in done["job"]["error"], (field, done["job"])
        if done["state"] == "DONE":
            found = sender.inspect(ODD_COLUMNS[name])


@pytest.mark.holds(20)
def test_a_text_that_comes_often_is_written_out_bit_by_bit(sender):
    text = pa.DictionaryArray.from_arrays(pa.array([0] * 400, pa.int32()), ["x" * 2**20])
    found = sender.inspect(parquet(key=[f"k{row}" for row in range(400)], label=text))
    assert (found["state"], found["rowCount"]) == ("READY", 400)
    found = sender.inspect(parquet(key=["a"], label=["x" * (9 * 2**20)]))
    assert (found["state"], "larger than 8 MiB" in found["job"]["error"]) == ("FAILED", True)


@pytest.mark.holds(20)
def test_lists_that_are_packed_small_count_as_what_they_hold(sender):
    target = io.BytesIO()
    lists = pa.array([np.zeros(2_000_000, dtype=np.float32)] * 2, pa.list_(pa.float32()))
    pq.write_table(pa.table({"key": ["a", "b"], "v": lists}), target)
    assert len(target.getvalue()) < 100_000
    found = sender.inspect(target.getvalue())
    assert (found["state"], "larger than 8 MiB" in found["job"]["error"]) == ("FAILED", True)


@pytest.mark.holds(18)
def test_a_list_of_members_that_fills_the_memory_is_not_read(sender, monkeypatch):
    monkeypatch.setattr(archive, "LARGEST_DIRECTORY", 10_000)
    found = sender.inspect(zipped({"a.csv": b"key\na\n"} | {f"{number}.png": b"" for number in range(500)}))
    assert (found["state"], "too many files" in found["job"]["error"]) == ("FAILED", True)


@pytest.mark.holds(18)
def test_a_member_whose_path_is_nowhere_does_no_harm(sender):
    assert sender.inspect(zipped({"a.csv": b"key\na\n", ".": b"x"}))["state"] == "READY"


@pytest.mark.holds(18)
def test_images_are_unpacked_no_further_than_they_say(sender):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr("a.csv", b"key,file\na,a.png\n")
        whole.writestr("a.png", b"\0" * 2**20)
    lying = bytearray(target.getvalue())
    at = lying.rindex(b"PK\x01\x02") + 24
    lying[at : at + 4] = (10).to_bytes(4, "little")
    done = sender.bring_in(bytes(lying))
    assert (done["state"], "damaged" in done["job"]["error"]) == ("FAILED", True)
    assert not Datapoint.objects.exists()


@pytest.mark.holds(20)
def test_a_file_that_would_fill_the_disk_when_unpacked_is_not_called_damaged(sender, monkeypatch):
    content = zipped({"a.csv": b"key\n" + b"abc\n" * 1000})
    free = shutil.disk_usage("/")._replace(free=LEAST_FREE_BYTES + 3 * len(content))
    monkeypatch.setattr(shutil, "disk_usage", lambda path: free)
    found = sender.inspect(content)
    assert (found["state"], "nearly full" in found["job"]["error"]) == ("FAILED", True)
