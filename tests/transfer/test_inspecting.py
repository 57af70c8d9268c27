"""What a file is found to be, and which files are refused."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from apps.curation.views import imports as views
from tests.curation.test_editing_at_once import at_once
from tests.transfer.conftest import Sender, run_jobs
from tests.transfer.test_round_trip import zipped


def parquet(**columns) -> bytes:
    target = io.BytesIO()
    pq.write_table(pa.table(columns), target)
    return target.getvalue()


def suggestions(found) -> dict[str, str]:
    return {column["name"]: column["suggestedField"] for column in found["columns"]}


def kinds(found) -> dict[str, str]:
    return {column["name"]: column["kind"] for column in found["columns"]}


def test_a_csv_is_shown_with_kinds_samples_suggestions_and_first_rows(sender):
    lines = ["id;class;sharp;day;price;caption;features"]
    lines += [f'x{row};"a;b";true;{row};{row}.5;"line\n{row}";"[1, 2.5]"' for row in range(30)]
    found = sender.inspect("\n".join(lines).encode(), "räw.csv")
    assert (found["state"], found["format"], found["rowCount"], found["fileName"]) == ("READY", "CSV", 30, "räw.csv")
    assert kinds(found) == {
        "id": "text", "class": "text", "sharp": "boolean", "day": "integer", "price": "number", "caption": "text",
        "features": "vector",
    }  # fmt: skip
    assert suggestions(found) == {
        "id": "key", "class": "label", "sharp": "metadata:sharp", "day": "metadata:day", "price": "metadata:price",
        "caption": "text", "features": "embedding",
    }  # fmt: skip
    assert len(found["preview"]) == 20
    assert found["preview"][1]["caption"] == "line\n1"
    assert found["columns"][3]["samples"][:2] == ["0", "1"]


def test_the_first_column_without_repetition_is_the_key_where_none_is_called_so(sender):
    found = sender.inspect(b"group,no\na,1\na,2\n")
    assert suggestions(found) == {"group": "metadata:group", "no": "key"}


def test_the_kind_of_a_column_is_that_of_all_its_values(sender):
    found = sender.inspect(b"key,a,b,c\n1,1,1,1\n2,2.5,x,007\n")
    assert kinds(found) == {"key": "integer", "a": "number", "b": "text", "c": "text"}


def test_json_lines_and_parquet_are_known_by_their_content(sender):
    lines = b'{"key": "a", "metadata": {"day": 1}}\n{"key": "b", "tags": ["x"]}\n'
    found = sender.inspect(lines, "misnamed.csv")
    assert (found["format"], kinds(found)) == ("JSONL", {"key": "text", "metadata": "json", "tags": "list"})
    found = sender.inspect(parquet(key=["a"], v=pa.array([[1.0, 2.0]], type=pa.list_(pa.float32(), 2))))
    assert (found["format"], kinds(found)) == ("PARQUET", {"key": "text", "v": "vector"})


def test_rows_that_cannot_be_read_are_told_at_once_with_their_numbers(sender):
    found = sender.inspect(b"key,label\na,1\nb\nc,3\nd,4,5\n")
    assert (found["state"], found["rowCount"], found["errorCount"]) == ("READY", 2, 2)
    assert [(error["row"], error["message"]) for error in found["errors"]] == [
        (2, "the row has 1 cells where the header has 2."),
        (4, "the row has 3 cells where the header has 2."),
    ]
    found = sender.inspect(b'{"key": "a"}\n{"key":\n[1]\n{"key": "b"}\n')
    assert [error["row"] for error in found["errors"]] == [2, 3]


REFUSED = {
    "nothing": (b" \n", "empty"),
    "no rows": (b"key,label\n", "no rows"),
    "broken UTF-8": (b"key\na\nb\xff\n", "Line 3 is not UTF-8"),
    "UTF-16": ("key\na\n".encode("utf-16"), "UTF-16"),
    "gzip": (gzip.compress(b"key\na\n"), "gzip"),
    "a JSON list": (b'[{"key": "a"}]', "one JSON object a line"),
    "some JSON": (b'{\n"a": 1}', "neither COCO"),
    "HTML": (b"<html></html>", "HTML or XML"),
    "bytes": (b"\x01\x00\x02", "none that can be imported"),
    "cut Parquet": (parquet(key=["a"])[:-9], "cut short or damaged"),
    "10,000 columns": (",".join(f"c{n}" for n in range(10_000)).encode() + b"\n1\n", "10,000 columns"),
    "a column twice": (b"key,a,a\n1,2,3\n", "two columns named 'a'"),
    "a huge cell": (b"key,a\n1," + b"x" * (17 * 2**20) + b"\n", "longer than 8 MiB"),
    "an open quote": (b'key,a\n1,"' + b"x\n" * (9 * 2**20), "a quote is never closed"),
    "a cut archive": (zipped({"a.csv": b"key\na\n"})[:-9], "cut short or damaged"),
    "an archive without rows": (zipped({"a.png": b"x"}), "exactly one file of rows"),
    "an archive with two": (zipped({"a.csv": b"key\n", "b.csv": b"key\n"}), "exactly one file of rows"),
    "a workbook": (zipped({"[Content_Types].xml": b"x", "xl/a.xml": b""}), "Excel"),
    "a path upwards": (zipped({"../a.csv": b"key\na\n"}), "leads out of it"),
    "an absolute path": (zipped({"/etc/a.csv": b"key\na\n"}), "leads out of it"),
    "a bomb": (zipped({"a.csv": b"key\n" + b"0" * (80 * 2**20)}), "200-fold"),
}


def test_what_cannot_be_imported_is_refused_in_a_sentence(sender):
    for name, (content, words) in REFUSED.items():
        found = sender.inspect(content)
        assert (found["state"], words in found["job"]["error"]) == ("FAILED", True), (name, found["job"])
        assert found["errors"] == [{"row": 0, "column": "", "message": found["job"]["error"]}], name
        assert sender.start(found)["errors"][0]["code"] == "CONFLICT", name
    assert not sender.project.datasets.exists()


def test_a_file_that_lies_about_its_size_is_refused(sender):
    archive = bytearray(zipped({"a.csv": b"key\n" + b"abcdefgh\n" * 500}))
    at = archive.index(b"PK\x01\x02") + 24
    archive[at : at + 4] = (10).to_bytes(4, "little")
    found = sender.inspect(bytes(archive))
    assert (found["state"], "damaged" in found["job"]["error"]) == ("FAILED", True)


def test_an_archive_finds_its_rows_beside_litter(sender):
    content = zipped({"__MACOSX/a.csv": b"x", ".DS_Store": b"x", "data/a.csv": b"key\na\n"})
    assert sender.inspect(content)["state"] == "READY"


def test_chunks_resume_and_are_checked(sender, bob, vera, charlie):
    content = b"key\n" + b"abc\n" * 400_000
    declared = sender.declare(content, "a.csv", key="mine")
    id, missing = declared.json()["id"], declared.json()["missing_chunks"]
    assert missing == [0, 1]
    assert sender.complete(id).status_code == 409
    assert sender.send_chunk(id, 1, content[2**20 :]).json() == {"missing_count": 1}
    assert sender.send_chunk(id, 1, content[2**20 :]).json() == {"missing_count": 1}
    assert sender.send_chunk(id, 1, b"y" + content[2**20 + 1 :]).status_code == 409
    assert sender.send_chunk(id, 0, b"short").status_code == 422
    assert sender.send_chunk(id, 7, b"x").status_code == 422
    again = sender.declare(content, "a.csv", key="mine")
    assert (again.status_code, again.json()) == (200, {"id": id, "missing_chunks": [0]})
    assert sender.declare(content, "b.csv", key="mine").status_code == 409
    for caller, status in ((vera, 403), (charlie, 404)):
        assert Sender(caller, sender.project).declare(content, "a.csv").status_code == status
        assert Sender(caller, sender.project).complete(id).status_code == status
    assert Sender(bob, sender.project).look(id)["state"] == "UPLOADING"


@pytest.mark.parametrize(
    "wrong",
    [{"byte_count": 0}, {"byte_count": 5 * 2**30}, {"chunk_bytes": 2**24}, {"file_name": ""}, {"key": 7}, {"x": 1},
     {"sha256": "x"}, {"byte_count": 2**32, "chunk_bytes": 1000}],
)  # fmt: skip
def test_a_wrong_declaration_is_refused(sender, wrong):
    assert sender.declare(b"key\na\n", "a.csv", **wrong).status_code == 422
    assert not sender.project.imports.exists()


def test_an_import_that_is_declared_twice_at_once_is_one(sender):
    def declare():
        return Sender(sender.caller, sender.project).declare(b"key\na\n", "a.csv", key="mine").status_code

    assert sorted(at_once(declare, declare, declare)) == [200, 200, 201]
    assert sender.project.imports.count() == 1


def test_what_is_deleted_while_it_is_sent_is_gone(sender, monkeypatch):
    content = b"key\na\n"
    steps = {"receive_chunk": lambda id: sender.send_chunk(id, 0, content), "complete_import": sender.complete}
    for name, step in steps.items():
        receive = getattr(views, name)
        id = sender.declare(content, "a.csv").json()["id"]

        def delete_first(receive=receive, **given):
            sender.project.imports.all().delete()
            return receive(**given)

        monkeypatch.setattr(views, name, delete_first)
        assert step(id).status_code in {404, 409}, name
    assert not sender.project.imports.exists()


def test_a_file_that_is_not_the_declared_one_is_refused(sender):
    content = b"key\na\n"
    id = sender.declare(content, "a.csv", sha256="0" * 64).json()["id"]
    sender.send_chunk(id, 0, content)
    sender.complete(id)
    run_jobs()
    assert "SHA-256" in sender.look(id)["job"]["error"]


def test_coco_is_known_even_in_one_line(sender):
    coco = {"images": [{"id": 1, "file_name": "a.png", "width": 10, "height": 10}], "annotations": [], "categories": []}
    found = sender.inspect(json.dumps(coco).encode())
    assert (found["format"], found["rowCount"]) == ("COCO", 1)
    assert zipfile.is_zipfile(io.BytesIO(zipped({"a": b""})))
