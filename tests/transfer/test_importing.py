"""What an import logs, and that it logs nothing where anything is wrong."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from apps.accounts.actor import Actor
from apps.curation.models import Import
from apps.datasets.models import Datapoint, Dataset, Resource
from apps.jobs.leases import reap
from apps.jobs.models import Job, JobState
from apps.jobs.services import retry_job
from apps.lineage.models import TrainedModel
from tests.data import make_dataset, make_objects
from tests.transfer.conftest import Sender, run_jobs


def standing():
    """How much there is of everything that an import could leave behind."""
    return Dataset.objects.count(), Datapoint.objects.count(), Resource.objects.count(), TrainedModel.objects.count()


def test_a_file_becomes_a_new_dataset(sender):
    csv = b"key,label,inference,confidence,tags,day,ok\na,cat,dog,0.5,x;y,1,true\nb,dog,dog,1,,,false\n"
    done = sender.bring_in(csv, "pets", model="net", version="3", datasetKind="TEST")
    assert (done["state"], done["dataset"]["name"], done["dataset"]["kind"]) == ("DONE", "pets", "TEST")
    assert done["report"] == {"added": 2, "updated": 0, "unchanged": 0, "relabelled": 0, "skipped": 0}
    pets = Dataset.objects.get(name="pets")
    assert set(pets.tag_memberships.values_list("tag__name", "datapoint_count")) == {("x", 1), ("y", 1)}
    assert str(pets.inference_sets.get().trained_model) == "net 3"
    assert dict(pets.metadata_fields.values_list("name", "column__kind")) == {"day": "integer", "ok": "boolean"}
    assert not Import.objects.get().chunks.exists()


def test_rows_are_added_updated_or_unchanged_in_a_dataset_that_exists(sender):
    make_dataset(sender.project, "train", count=3, labels=["1", "1", "1"])
    done = sender.bring_in(b"key,label\nk0,1\nk1,2\nnew,1\n", "train")
    assert {name: done["report"][name] for name in ("added", "updated", "unchanged")} == {
        "added": 1, "updated": 1, "unchanged": 1,
    }  # fmt: skip


@pytest.mark.holds(25, 26)
def test_one_wrong_row_and_nothing_is_written(sender):
    before = standing()
    csv = b"key,confidence,inference,day\na,0.5,x,1\nb,1.5,x,2\n,1,x,3\na,oops,x,4\n" + b"k" * 201 + b",1,x,5\n"
    done = sender.bring_in(csv, "pets", {"confidence": "confidence"})
    assert (done["state"], done["errorCount"]) == ("FAILED", 5)
    assert {(error["row"], error["column"]) for error in done["errors"]} == {
        (2, "confidence"), (3, "key"), (4, "confidence"), (4, "key"), (5, "key"),
    }  # fmt: skip
    assert done["job"]["error"].startswith("Nothing was imported. Row ")
    assert done["job"]["error"].endswith("There are 4 more problems.")
    assert standing() == before


def test_wrong_rows_can_be_left_out(sender):
    csv = b"key,inference,confidence\na,x,0.5\nb,x,1.5\nc,x\n"
    done = sender.bring_in(csv, "pets", skipBadRows=True)
    assert (done["state"], done["report"]["added"], done["report"]["skipped"]) == ("DONE", 1, 2)
    assert done["errorCount"] == 2
    assert list(Datapoint.objects.values_list("key", flat=True)) == ["a"]


def test_a_hundred_problems_are_kept_and_all_are_counted(sender):
    csv = b"key,inference,confidence\n" + b"".join(b"k%d,x,2\n" % row for row in range(150))
    done = sender.bring_in(csv)
    assert (done["errorCount"], len(done["errors"])) == (150, 100)


def test_a_failed_import_can_be_mapped_anew(sender):
    found = sender.inspect(b"key,confidence\na,7\n")
    sender.start(found)
    run_jobs()
    failed = sender.look(found["id"])
    assert failed["state"] == "FAILED"
    assert sender.start(failed, mapping={"confidence": "metadata:confidence"})["errors"] == []
    run_jobs()
    assert sender.look(found["id"])["state"] == "DONE"
    assert sender.start(failed)["errors"][0]["code"] == "CONFLICT"


WRONG_MAPPINGS = [
    ({"key": "skip"}, "Map one column to key"),
    ({"label": "nonsense"}, "There is no field 'nonsense'"),
    ({"label": "key"}, "Two columns are mapped to key"),
    ({"missing": "label"}, "no column 'missing'"),
    ({"label": "box"}, "Objects need the column parent"),
    ({"label": "box_x"}, "all of box_x"),
]


@pytest.mark.parametrize(("mapping", "words"), WRONG_MAPPINGS)
def test_a_wrong_mapping_is_refused_before_anything_starts(sender, mapping, words):
    found = sender.inspect(b"key,label\na,1\n")
    [error] = sender.start(found, mapping=mapping)["errors"]
    assert (error["code"], error["field"]) == ("BAD_USER_INPUT", "mapping")
    assert words in error["message"]
    assert sender.look(found["id"])["state"] == "READY"


def test_another_kind_of_dataset_is_a_conflict(sender):
    make_dataset(sender.project, "train")
    found = sender.inspect(b"key\na\n")
    [error] = sender.start(found, "train", datasetKind="TEST")["errors"]
    assert (error["code"], error["field"]) == ("CONFLICT", "datasetKind")


def test_metadata_must_fit_what_the_dataset_has(sender):
    assert sender.bring_in(b"key,day\na,1\n", "pets")["state"] == "DONE"
    done = sender.bring_in(b"key,day\nb,monday\n", "pets")
    assert (done["state"], done["errors"][0]["row"]) == ("FAILED", 0)
    assert "holds whole numbers, not texts" in done["errors"][0]["message"]
    assert Datapoint.objects.count() == 1


def test_broken_cells_of_every_kind_are_told(sender):
    rows = [
        {"key": "a", "metadata": "{", "tags": 7, "embedding": [1, 2]},
        {"key": "b", "metadata": [1], "embedding": [1, 2, 3]},
        {"key": "c", "embedding": "x"},
    ]
    lines = "\n".join(map(json.dumps, rows)).encode()
    done = sender.bring_in(lines, "pets", {"metadata": "metadata", "tags": "tags", "embedding": "embedding"})
    assert {(error["row"], error["column"]) for error in done["errors"]} >= {
        (1, "metadata"), (2, "metadata"), (2, "embedding"), (3, "embedding"),
    }  # fmt: skip
    assert not Dataset.objects.exists()


def test_an_unknown_file_is_told(sender):
    done = sender.bring_in(b"key,file\na," + b"0" * 64 + b"\n")
    assert "was uploaded to this project yet" in done["errors"][0]["message"]


def test_objects_need_a_parent_and_a_box_inside_of_it(sender):
    lines = [
        {"key": "img", "role": "context"},
        {"key": "o1", "role": "object", "parent": "img", "box": [0.1, 0.1, 0.2, 0.2], "label": "x"},
        {"key": "o2", "role": "object", "parent": "nowhere", "box": [0.1, 0.1, 0.2, 0.2]},
        {"key": "o3", "role": "object", "parent": "img", "box": [0.9, 0.1, 0.2, 0.2]},
        {"key": "o4", "role": "object", "parent": "img"},
        {"key": "o5", "role": "object", "box": [0.1, 0.1, 0.2, 0.2]},
    ]
    content = "\n".join(map(json.dumps, lines)).encode()
    done = sender.bring_in(content, "pets", skipBadRows=False)
    assert {(error["row"], error["column"]) for error in done["errors"]} == {
        (3, "parent"), (4, "box"), (5, "box"), (6, "parent"),
    }  # fmt: skip
    assert not Datapoint.objects.exists()
    done = sender.bring_in(content, "pets", skipBadRows=True)
    assert (done["state"], Dataset.objects.get().object_count) == ("DONE", 1)


def test_coco_tells_annotations_that_fit_nothing(sender):
    coco = {
        "images": [{"id": 1, "file_name": "a.png", "width": 10, "height": 10}],
        "categories": [{"id": 5, "name": "cell"}],
        "annotations": [
            {"image_id": 1, "category_id": 5, "bbox": [1, 1, 2, 2]},
            {"image_id": 9, "category_id": 5, "bbox": [1, 1, 2, 2]},
            {"image_id": 1, "category_id": 5, "bbox": [1, 1]},
        ],
    }
    done = sender.bring_in(json.dumps(coco).encode(), "cells", {"file": "skip"}, skipBadRows=True)
    assert (done["state"], done["errorCount"]) == ("DONE", 2), done["errors"]
    [found] = Datapoint.objects.filter(role="object")
    assert (found.category.name, found.region) == ("cell", [0.1, 0.1, 0.2, 0.2])


@pytest.mark.holds(27)
def test_a_job_that_died_is_taken_up_again_and_logs_nothing_twice(sender, monkeypatch):
    found = sender.inspect(b"key,label,tags\n" + b"".join(b"k%d,1,x\n" % row for row in range(50)))
    sender.start(found, "pets")

    def die(*arguments, **options):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("apps.curation.imports.jobs.tag_rows", die)
        with pytest.raises(KeyboardInterrupt):
            run_jobs()
    assert Datapoint.objects.count() == 50
    Job.objects.filter(kind="import").update(lease_until=timezone.now() - timedelta(minutes=1))
    reap()
    run_jobs()
    done = sender.look(found["id"])
    assert (done["state"], done["report"]["added"], done["report"]["updated"]) == ("DONE", 50, 0)
    assert Datapoint.objects.count() == 50


def test_a_cancelled_import_is_failed_and_can_be_started_again(sender):
    found = sender.inspect(b"key\na\n")
    sender.start(found)
    Job.objects.filter(kind="import").update(state=JobState.CANCELLED)
    assert sender.look(found["id"])["state"] == "FAILED"
    assert sender.start(found)["errors"] == []


def test_a_job_that_failed_is_not_run_again_once_the_import_was_started_anew(sender):
    found = sender.inspect(b"key,confidence\na,7\n")
    sender.start(found)
    run_jobs()
    first = Import.objects.get().job
    sender.start(found, mapping={"confidence": "metadata:confidence"})
    run_jobs()
    assert sender.look(found["id"])["state"] == "DONE"
    retry_job(actor=Actor(user=sender.caller), job=first)
    run_jobs()
    assert sender.look(found["id"])["state"] == "DONE"
    first.refresh_from_db()
    assert (first.state, "started anew" in first.error) == (JobState.FAILED, True)


def test_viewers_look_and_editors_start(sender, vera, bob, charlie):
    found = sender.inspect(b"key\na\n")
    assert Sender(vera, sender.project).look(found["id"])["rowCount"] == 1
    assert Sender(vera, sender.project).start(found)["errors"][0]["code"] == "FORBIDDEN"
    assert Sender(charlie, sender.project).start(found)["errors"][0]["code"] == "NOT_FOUND"
    assert Sender(bob, sender.project).start(found)["errors"] == []


def test_what_is_done_after_logging_is_checked_before_it_too(sender):
    before = standing()
    wrong = {
        b"key,logged_label,label\na,x," + b"L" * 500 + b"\n": "must have 1 to 200 characters",
        b"key,inference,inference_model\na,x," + b"L" * 500 + b" 1\n": "The name of a model",
        b"key,label,logged_label,label_why\na,x,y," + b"w" * 501 + b"\n": "must have 0 to 500 characters",
        b"key,tags\na,\xe2\x80\xae\n": "does not show",
    }
    for content, words in wrong.items():
        done = sender.bring_in(content)
        assert (done["state"], words in done["job"]["error"]) == ("FAILED", True), done["job"]
    assert standing() == before


def test_what_lies_in_a_wrong_row_is_left_out_with_it(sender):
    lines = ["key,label,parent,box", "c1,x,,", "c2," + "y" * 300 + ",,"]
    lines += [f'o{n},x,c{n},"[0.1,0.1,0.2,0.2]"' for n in (1, 2)]
    done = sender.bring_in("\n".join(lines).encode(), skipBadRows=True)
    assert (done["state"], [error["row"] for error in done["errors"]]) == ("DONE", [2, 4]), done["job"]
    assert set(Datapoint.objects.values_list("key", flat=True)) == {"c1", "o1"}


def test_characters_that_no_database_keeps_are_told(sender):
    found = sender.inspect(b'{"key": "a\\u0000b", "day": "x\\u0000y"}\n')
    assert found["preview"] == [{"key": "a\ufffdb", "day": "x\ufffdy"}]
    sender.start(found)
    run_jobs()
    assert "U+0000" in sender.look(found["id"])["job"]["error"]
    assert sender.inspect(b'{"key": "a", "\\u0000": 1}\n')["state"] == "FAILED"


def test_what_a_key_names_stays_a_context_or_an_object(sender):
    dataset = make_dataset(sender.project, "train", count=1)
    make_objects(dataset, [(0, [0.1, 0.1, 0.2, 0.2])])
    rows = [
        {"key": "object1", "role": "context"},
        {"key": "k0", "role": "object", "parent": "new", "box": [0.1, 0.1, 0.2, 0.2]},
        {"key": "new", "role": "whatever"},
    ]
    before = standing()
    done = sender.bring_in("\n".join(map(json.dumps, rows)).encode(), "train")
    assert {(error["row"], error["column"]) for error in done["errors"]} >= {(1, "key"), (2, "key"), (3, "role")}
    assert standing() == before
