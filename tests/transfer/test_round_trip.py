"""What is exported and imported again is the same, to the last bit."""

from __future__ import annotations

import pytest

from apps.datasets.models import Dataset
from tests.transfer.conftest import read_csv, read_jsonl, read_parquet
from tests.transfer.test_exports import rich  # noqa: F401 - a fixture

READERS = {"PARQUET": read_parquet, "JSONL": read_jsonl, "CSV": read_csv}
# Who changed a label, and when, is told of the import itself.
NEW = {"dataset", "label_changed_at", "label_changes"}


def differences(before, after):
    """Key, column and both values of everything that an import should have kept."""
    names = dict.fromkeys(name for row in [*before, *after] for name in row if name not in NEW)
    pairs = zip(before, after, strict=True)
    return [
        (old["key"], name, old.get(name), new.get(name))
        for old, new in pairs
        for name in names
        if old.get(name) != new.get(name)
    ]


@pytest.mark.parametrize("format", READERS)
def test_an_export_imported_into_a_new_dataset_exports_the_same(export, sender, rich, alice, format):  # noqa: F811
    sets = [str(each.pk) for each in rich.embedding_sets.all()]
    content = export(alice, rich.project, format, datasetId=str(rich.pk), embeddingSetIds=sets)
    done = sender.bring_in(content, "copy")
    assert done["state"] == "DONE", (done["job"], done["errors"])
    assert done["report"]["added"] == 20
    copy = Dataset.objects.get(name="copy")
    copied = [str(each.pk) for each in copy.embedding_sets.all()]
    again = export(alice, rich.project, format, datasetId=str(copy.pk), embeddingSetIds=copied)
    read = READERS[format]
    assert differences(read(content), read(again)) == []
