"""What was logged can be opened where it is exported to: as text in spreadsheets, as one file by every browser."""

from __future__ import annotations

import csv
import io

import pytest

from apps.accounts.actor import Actor
from apps.datasets.models import Datapoint, Resource
from apps.projects.services.projects import create_project
from tests.cast import make_client
from tests.data import make_category, make_dataset
from tests.logging.upload import Uploader
from tests.transfer.conftest import Sender, ask_for_export, download, run_jobs

pytestmark = pytest.mark.holds(18)
FORMULAS = [
    '=HYPERLINK("http://x","y")', "=1+1", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "-cmd", "@SUM(1)", "\t=1", "\r=1",
    "\n=1", "'=1", "''", "'", "'tis", '"=1"', "=\"", ";=1", ",=1", "==", "＝1+1", "＋1+1", "－1+1", "＠x",
    "-", "+", "=", "@",
    "--1", "-1e", "+.", "-1,5", "a\n=1", 'x","=1', "é=", "-∞",
]  # fmt: skip
# Numbers are no formulas, and what begins otherwise is none.
PLAIN = ["-1", "+1", "-1.5e-3", "+.5", "1=1", "a@b", " =1", "x'", "7", "e=mc2"]
RUN = tuple("=+-@\t\r\n＝＋－＠")


@pytest.fixture
def texts(transactional_db, project, alice):
    dataset = make_dataset(project, "texts")
    texts = FORMULAS + PLAIN
    keys = [f"k{number}" for number in range(len(texts))]
    Uploader(make_client(alice), dataset).log({"key": keys, "text": texts, "metadata:say": texts})
    return dataset


def exported(caller, dataset, **input):
    payload = ask_for_export(caller, dataset.project, "CSV", datasetId=str(dataset.pk), **input)
    run_jobs()
    return download(caller, f"/bulk/v1/exports/{payload['export']['id']}/content")


def test_no_cell_of_an_exported_table_is_run_by_a_spreadsheet(texts, alice):
    content = exported(alice, texts).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    assert len(rows) == 1 + len(FORMULAS + PLAIN)
    run = [cell for row in rows for cell in row if cell.startswith(RUN) and cell not in PLAIN]
    assert run == []
    cells = {cell for row in rows for cell in row}
    assert cells >= set(PLAIN)
    assert "'=1+1" in cells


@pytest.mark.parametrize("safe", [True, False], ids=["guarded", "as it is"])
def test_every_text_comes_back_as_it_was(texts, alice, safe):
    content = exported(alice, texts, spreadsheetSafe=safe)
    other = create_project(actor=Actor(user=alice), name=f"Again {safe}")
    done = Sender(alice, other).bring_in(content, "texts")
    assert done["state"] == "DONE", (done["job"], done["errors"])
    kept = Resource.objects.filter(project=other).values_list("text", flat=True)
    assert set(kept) == set(FORMULAS + PLAIN)
    again = Datapoint.objects.get(dataset__project=other, key="k0").dataset
    assert exported(alice, again, spreadsheetSafe=safe) == content


def test_names_of_people_and_things_are_guarded_too(transactional_db, alice, project):
    make_category(project, "=cmd()")
    dataset = make_dataset(project, "=data", count=1, labels=["=cmd()"])
    rows = list(csv.DictReader(io.StringIO(exported(alice, dataset).decode("utf-8-sig"))))
    assert (rows[0]["label"], rows[0]["dataset"]) == ("'=cmd()", "'=data")


NAMES = [
    'a"\r\nSet-Cookie: x=1',
    "../../etc/passwd",
    "x" * 300,
    "data ü 日本 🙂",
    "a;b=c",
    "%0d%0aX: y",
    ".htaccess",
    "con",
    "\u202egnp.exe",
]


def test_no_name_breaks_out_of_its_header(transactional_db, alice, project):
    for number, name in enumerate(NAMES):
        dataset = make_dataset(project, name[:100], count=1)
        payload = ask_for_export(alice, project, "KEYS", datasetId=str(dataset.pk))
        run_jobs()
        answer = make_client(alice).get(f"/bulk/v1/exports/{payload['export']['id']}/content")
        header = answer.headers["Content-Disposition"]
        assert header.startswith("attachment; filename*=UTF-8''MNIST-"), (number, header)
        assert header.isascii()
        assert not set(header.partition("''")[2]) & set("\"\r\n;/\\ ,'"), header
        assert "Set-Cookie" not in answer.headers
        assert len(header) < 700
