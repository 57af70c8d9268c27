"""Several clients at the same moment: nothing is lost, nothing is there twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow as pa
import pytest
from django.db import connections

from apps.datasets.log import commit
from apps.datasets.models import Category, Datapoint, Dataset, Resource
from apps.embeddings.models import EmbeddingSet
from apps.projects.models import AuditEntry, Change
from tests.data import make_category
from tests.logging.upload import Uploader, dense, read_arrow, stream_of, table_of

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*actions):
    """What the actions return, each run in its own thread with its own database connection."""

    def run(action):
        try:
            return action()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


@pytest.mark.holds(27)
def test_two_clients_that_commit_one_session_get_one_report_and_one_copy(uploader, bob, client_for):
    content = stream_of(table_of({"key": [f"k{row}" for row in range(2000)], "label": ["cat"] * 2000}))
    upload_id = uploader.declare(content, 2000).json()["id"]
    uploader.send(upload_id, 0, content)
    clients = [Uploader(client_for(bob), uploader.dataset) for _ in range(3)]
    answers = at_once(*[lambda client=client: client.commit(upload_id) for client in clients])
    assert [answer.json() for answer in answers] == [{"report": {"added": 2000, "updated": 0, "unchanged": 0}}] * 3
    assert Datapoint.objects.count() == 2000
    assert Dataset.objects.get().version == 1
    assert AuditEntry.objects.filter(action="logged").count() == 1


@pytest.mark.holds(29, 30)
def test_logs_of_several_clients_to_one_dataset_all_arrive(uploader, alice, bob, client_for):
    vectors = np.random.default_rng(0).normal(size=(1000, 4)).astype(np.float32)

    def log(user, start):
        rows = range(start, start + 400)
        columns = {
            "key": [f"k{row}" for row in rows],
            "label": [f"label {row % 7}" for row in rows],
            "text": [f"text {row}" for row in rows],
            "metadata:number": pa.array(list(rows)),
            "embedding": vectors[start : start + 400],
        }
        return Uploader(client_for(user), uploader.dataset).log(columns)

    # Neighbours overlap by 100 keys, with the same values.
    reports = at_once(
        *[lambda user=user, start=start: log(user, start) for user, start in [(alice, 0), (bob, 300), (alice, 600)]]
    )
    assert sum(report["added"] for report in reports) == 1000
    assert sum(report["unchanged"] for report in reports) == 200
    dataset = Dataset.objects.get()
    assert (dataset.datapoint_count, dataset.next_row, dataset.version) == (1000, 1000, 3)
    assert Category.objects.count() == 7
    assert Resource.objects.count() == 1000
    table = read_arrow(uploader.client.get(f"/bulk/v1/embedding-sets/{EmbeddingSet.objects.get().pk}/vectors"))
    found = dict(zip(table["key"].to_pylist(), table["embedding"].to_pylist(), strict=True))
    assert np.array([found[f"k{row}"] for row in range(1000)], dtype=np.float32).tobytes() == vectors.tobytes()
    seqs = list(Change.objects.order_by("id").values_list("seq", flat=True))
    assert seqs == list(range(1, len(seqs) + 1))


@pytest.mark.holds(27)
def test_two_clients_that_send_one_chunk_keep_it_once(uploader, bob, client_for):
    content = stream_of(table_of({"key": ["a"]}))
    upload_id = uploader.declare(content, 1).json()["id"]
    clients = [Uploader(client_for(bob), uploader.dataset) for _ in range(3)]
    answers = at_once(*[lambda client=client: client.send(upload_id, 0, content) for client in clients])
    assert [answer.json() for answer in answers] == [{"missing_count": 0}] * 3
    assert uploader.commit(upload_id).json()["report"]["added"] == 1


@pytest.mark.parametrize("interruptions", [1, 5])
@pytest.mark.holds(30)
def test_a_log_that_others_overtake_plans_again(uploader, alice, client_for, monkeypatch, interruptions):
    """However often it is overtaken, it ends: the last plan is made under the lock."""
    other = Uploader(client_for(alice), uploader.dataset)
    plan, left = commit._plan, [interruptions]

    for name in ("cat", "dog"):  # new ones would be planned under the lock at once
        make_category(uploader.dataset.project, name)

    def plan_and_be_overtaken(batch, dataset, categories):
        made = plan(batch, dataset, categories)
        # Under the lock of the last try nobody else could write, and would wait here for ever.
        if left[0] and not connections["default"].in_atomic_block:
            left[0] -= 1
            monkeypatch.setattr(commit, "_plan", plan)
            other.log({"key": [f"other {left[0]}", "mine"]})
            monkeypatch.setattr(commit, "_plan", plan_and_be_overtaken)
        return made

    monkeypatch.setattr(commit, "_plan", plan_and_be_overtaken)
    report = uploader.log({"key": ["mine", "also mine"], "label": ["cat", "dog"]})
    assert report == {"added": 1, "updated": 1, "unchanged": 0}
    overtaken = min(interruptions, 3)
    keys = dense(uploader.client, uploader.dataset, "key")
    assert len(keys) == len(set(keys)) == overtaken + 2
    assert Dataset.objects.get().next_row == overtaken + 2


def test_a_category_deleted_between_plan_and_commit_is_made_again(uploader, monkeypatch):
    plan = commit._plan

    make_category(uploader.dataset.project, "cat")

    def plan_and_lose_the_category(batch, dataset, categories):
        made = plan(batch, dataset, categories)
        monkeypatch.setattr(commit, "_plan", plan)
        Category.objects.all().delete()
        return made

    monkeypatch.setattr(commit, "_plan", plan_and_lose_the_category)
    uploader.log({"key": ["a"], "label": ["cat"]})
    assert Datapoint.objects.get().category.name == "cat"


def test_an_embedding_set_deleted_between_plan_and_commit_is_made_again(uploader, monkeypatch):
    vectors = np.ones((2, 3), dtype=np.float32)
    uploader.log({"key": ["a", "b"], "embedding": vectors})
    plan = commit._plan

    def plan_and_lose_the_set(batch, dataset, categories):
        made = plan(batch, dataset, categories)
        monkeypatch.setattr(commit, "_plan", plan)
        EmbeddingSet.objects.get().vectors.delete()
        return made

    monkeypatch.setattr(commit, "_plan", plan_and_lose_the_set)
    assert uploader.log({"key": ["b", "c"], "embedding": vectors * 2}) == {"added": 1, "updated": 1, "unchanged": 0}
    assert EmbeddingSet.objects.get().embedding_count == 2


def test_a_failure_inside_the_commit_leaves_nothing_behind(uploader, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr(commit, "record_audit", fail)
    with pytest.raises(RuntimeError):
        uploader.log({"key": ["a"], "text": ["x"], "embedding": np.ones((1, 3), dtype=np.float32)})
    assert not Datapoint.objects.exists()
    assert not Resource.objects.exists()
    assert not EmbeddingSet.objects.exists()
    assert Dataset.objects.get().version == 0
