"""What an export holds, in each format."""

from __future__ import annotations

import hashlib
import json
import uuid

import numpy as np
import pytest
from pyroaring import BitMap

from apps.accounts.actor import Actor
from apps.curation.services.labelling import set_label
from apps.curation.services.tagging import tag_selection
from apps.datasets.models import ColumnKind, Datapoint, Resource, ResourceKind, Slice, SliceRows
from tests.cast import make_user
from tests.data import make_analysis, make_dataset, make_embedding_set, make_inference_set, make_metadata
from tests.transfer.conftest import ask_for_export, read_csv, read_jsonl, read_parquet, run_jobs
from tests.world import make_selection

# The first number is a zero below zero, which text formats lose easily.
VECTORS = (np.arange(20, dtype=np.float32) / -3).reshape(10, 2)
READERS = {"PARQUET": read_parquet, "JSONL": read_jsonl, "CSV": read_csv}


@pytest.fixture
def rich(alice, dataset):
    """The dataset with everything that can be known of it. Alice relabels k0 … k2 to 9, and tags them."""
    make_inference_set(dataset, ["7", "1", "1"], confidences=[0.1, 1 / 3, 1.0])
    make_inference_set(dataset, ["1"], version="2 b")
    make_metadata(dataset, "day", ColumnKind.INTEGER, np.array([2**60, -1]))
    make_metadata(dataset, "score", ColumnKind.NUMBER, np.array([1.0, 0.1 + 0.2]))
    make_embedding_set(dataset, VECTORS)
    text = 'Say "hi",\nthen 🙂; =1+1'
    Datapoint.objects.filter(dataset=dataset, row=1).update(
        resource=Resource.objects.create(
            project=dataset.project,
            kind=ResourceKind.TEXT,
            text=text,
            size=1,
            path="",
            sha256=hashlib.sha256(text.encode()).hexdigest(),
        )
    )
    actor = Actor(user=alice)
    tag_selection(actor=actor, selection=make_selection(dataset, alice), name="a;b\\c")
    set_label(actor=actor, selection=make_selection(dataset, alice), category_name="9", why="It's a nine")
    return dataset


@pytest.mark.parametrize("format", READERS)
def test_a_row_says_all_that_is_known_of_a_datapoint(export, rich, alice, format):
    rows = READERS[format](export(alice, rich.project, format, datasetId=str(rich.pk)))
    assert [row["key"] for row in rows] == [f"k{number}" for number in range(20)]
    first, second, last = rows[0], rows[1], rows[19]
    assert (first["dataset"], first["role"], first["parent"], first["box_x"]) == ("train", "context", None, None)
    assert (first["label"], first["logged_label"], first["label_changed_by"]) == ("9", "7", "alice")
    assert first["label_why"] == "It's a nine"
    assert (last["label"], last["label_why"], last["inference"]) == (None, None, None)
    assert second["text"] == 'Say "hi",\nthen 🙂; =1+1'
    # The newest model comes first; its version has a blank.
    assert (first["inference"], first["inference_model"]) == ("1", "cnn 2%20b")
    assert first["agreement"] == "disagree"
    assert second["agreement"] == "no-inference"
    confidences = [row["confidence:cnn 1"] for row in rows]
    assert np.float32(confidences[1]) == np.float32(1 / 3)
    assert confidences[3] is None


def test_parquet_keeps_every_type(export, rich, alice):
    embedding_set = rich.embedding_sets.get()
    content = export(alice, rich.project, "PARQUET", datasetId=str(rich.pk), embeddingSetIds=[str(embedding_set.pk)])
    rows = read_parquet(content)
    assert rows[0]["tags"] == ["a;b\\c"]
    assert rows[5]["tags"] == []
    assert json.loads(rows[0]["metadata"]) == {"day": 2**60, "score": 1.0}
    assert '"score": 1.0' in rows[0]["metadata"]
    assert json.loads(rows[1]["metadata"])["score"] == 0.1 + 0.2
    vectors = [row["embedding:cnn 1 fc"] for row in rows]
    assert np.array(vectors[:10], dtype=np.float32).tobytes() == VECTORS.tobytes()
    assert vectors[10] is None
    [change] = json.loads(rows[0]["label_changes"])
    assert (change["from"], change["to"], change["by"], change["why"]) == ("7", "9", "alice", "It's a nine")


def test_jsonl_keeps_numbers_to_the_last_bit(export, rich, alice):
    embedding_set = rich.embedding_sets.get()
    content = export(alice, rich.project, "JSONL", datasetId=str(rich.pk), embeddingSetIds=[str(embedding_set.pk)])
    rows = read_jsonl(content)
    assert rows[0]["metadata"] == {"day": 2**60, "score": 1.0}
    assert rows[0]["tags"] == ["a;b\\c"]
    assert rows[0]["label_changes"][0]["why"] == "It's a nine"
    assert np.float32(rows[2]["embedding:cnn 1 fc"]).tobytes() == VECTORS[2].tobytes()
    assert rows[19]["embedding:cnn 1 fc"] is None


@pytest.mark.holds(18)
def test_csv_joins_lists_and_guards_formulas_unless_asked_not_to(export, rich, alice):
    Datapoint.objects.filter(dataset=rich, row=0).update(key="=cmd()")
    plain = read_csv(export(alice, rich.project, "CSV", datasetId=str(rich.pk), spreadsheetSafe=False))
    assert plain[0]["tags"] == "a\\;b\\\\c"
    assert json.loads(plain[0]["metadata"]) == {"day": 2**60, "score": 1.0}
    assert plain[0]["key"] == "=cmd()"
    safe = read_csv(export(alice, rich.project, "CSV", datasetId=str(rich.pk)))
    assert safe[0]["key"] == "'=cmd()"
    assert safe[1]["key"] == "k1"


def test_keys_are_one_a_line(export, rich, alice):
    assert export(alice, rich.project, "KEYS", datasetId=str(rich.pk)).decode().splitlines()[:2] == ["k0", "k1"]


def test_a_selection_is_exported_as_it_was_when_it_was_asked_for(transactional_db, alice, dataset, gql):
    selection = make_selection(dataset, alice)
    payload = ask_for_export(alice, dataset.project, "KEYS", selectionId=str(selection.pk))
    selection.delete()
    run_jobs()
    query = "query ($id: ID!) { export(id: $id) { rowCount job { state } } }"
    assert gql(alice, query, {"id": payload["export"]["id"]})["data"]["export"] == {
        "rowCount": 3,
        "job": {"state": "DONE"},
    }


def test_a_slice_is_exported_over_its_datasets(export, alice, dataset):
    other = make_dataset(dataset.project, "test", count=3)
    frozen = Slice.objects.create(project=dataset.project, name="Odd", created_by=alice)
    for each in (dataset, other):
        SliceRows.objects.create(slice=frozen, dataset=each, rows=BitMap([1]).serialize(), datapoint_count=1)
    rows = read_parquet(export(alice, dataset.project, "PARQUET", sliceId=str(frozen.pk)))
    assert [(row["dataset"], row["key"]) for row in rows] == [("test", "k1"), ("train", "k1")]


def test_exactly_one_thing_is_exported(alice, dataset):
    for more in ({}, {"datasetId": str(dataset.pk), "selectionId": str(make_selection(dataset, alice).pk)}):
        [error] = ask_for_export(alice, dataset.project, "CSV", **more)["errors"]
        assert (error["code"], error["field"]) == ("BAD_USER_INPUT", "datasetId")


@pytest.mark.holds(2)
def test_nothing_of_another_project_can_be_named(alice, dataset, charlie):
    mine, theirs = dataset.project, charlie.memberships.get().project
    foreign = make_dataset(theirs, "theirs", count=2)
    foreign_vectors = make_embedding_set(foreign, np.eye(2))
    refused = ask_for_export(alice, mine, "CSV", datasetId=str(foreign.pk))
    assert [error["code"] for error in refused["errors"]] == ["NOT_FOUND"]
    refused = ask_for_export(alice, mine, "CSV", datasetId=str(dataset.pk), embeddingSetIds=[str(foreign_vectors.pk)])
    assert [error["code"] for error in refused["errors"]] == ["NOT_FOUND"]
    assert not mine.exports.exists()
    assert not mine.jobs.exists()


def test_so_many_embedding_sets_are_refused_before_one_is_looked_up(alice, dataset, django_assert_max_num_queries):
    many = [str(uuid.uuid4()) for _ in range(1000)]
    with django_assert_max_num_queries(20):
        [error] = ask_for_export(alice, dataset.project, "CSV", datasetId=str(dataset.pk), embeddingSetIds=many)[
            "errors"
        ]
    assert (error["code"], error["field"]) == ("LIMIT_EXCEEDED", "embeddingSetIds")


def test_who_has_many_exports_waiting_waits_too(alice, vera, dataset, monkeypatch):
    monkeypatch.setattr("apps.curation.exports.services.MOST_WAITING", 2)
    codes = [
        [error["code"] for error in ask_for_export(vera, dataset.project, "KEYS", datasetId=str(dataset.pk))["errors"]]
        for _ in range(3)
    ]
    assert codes == [[], [], ["LIMIT_EXCEEDED"]]
    assert ask_for_export(alice, dataset.project, "KEYS", datasetId=str(dataset.pk))["errors"] == []


def test_what_is_deleted_before_the_job_runs_is_said_in_a_sentence(transactional_db, alice, dataset, gql):
    slice = Slice.objects.create(project=dataset.project, name="Odd", created_by=alice)
    payload = ask_for_export(alice, dataset.project, "CSV", sliceId=str(slice.pk))
    slice.delete()
    run_jobs()
    job = gql(alice, "query ($id: ID!) { job(id: $id) { state error } }", {"id": payload["export"]["job"]["id"]})
    assert job["data"]["job"] == {
        "state": "FAILED",
        "error": "The slice 'Odd' was deleted before it was exported.",
    }


def test_viewers_export_and_only_editors_delete_what_others_exported(export, alice, vera, dataset, gql):
    export(vera, dataset.project, "KEYS", datasetId=str(dataset.pk))
    export(alice, dataset.project, "KEYS", datasetId=str(dataset.pk))
    hers, his = dataset.project.exports.get(created_by=vera), dataset.project.exports.get(created_by=alice)
    delete = "mutation ($id: ID!) { deleteExport(input: {id: $id}) { deletedId errors { code } } }"
    assert gql(vera, delete, {"id": str(his.pk)})["data"]["deleteExport"]["errors"] == [{"code": "FORBIDDEN"}]
    assert gql(vera, delete, {"id": str(hers.pk)})["data"]["deleteExport"]["errors"] == []
    assert gql(make_user("zoe"), delete, {"id": str(his.pk)})["data"]["deleteExport"]["errors"] == [
        {"code": "NOT_FOUND"}
    ]
    assert list(dataset.project.exports.all()) == [his]


def test_scores_stand_under_the_names_of_their_analyses(export, rich, alice):
    make_analysis(rich.embedding_sets.get(), [99.5, 0.25], name="Quality of cnn")
    rows = read_parquet(export(alice, rich.project, "PARQUET", datasetId=str(rich.pk)))
    [name] = [name for name in rows[0] if name.startswith("score:")]
    assert name.startswith("score:Quality of cnn:")
    assert [row[name] for row in rows[:3]] == [99.5, 0.25, None]
