"""Whole columns as Arrow: who gets them, and when a browser may keep its copy."""

from __future__ import annotations

import httpx
import numpy as np
import pyarrow as pa
import pytest

from apps.accounts.actor import Actor
from apps.datasets import bitmaps
from apps.datasets.dense import dense_column
from apps.datasets.models import Datapoint, Dataset, MetadataField
from apps.datasets.services.datasets import create_dataset
from apps.datasets.views import columns as columns_view
from apps.embeddings.models import EmbeddingSet
from apps.lineage.models import InferenceSet
from tests.logging.upload import STREAM, Uploader, dense, read_arrow


@pytest.fixture
def logged(uploader):
    columns = {
        "key": ["a", "b"],
        "label": ["cat", None],
        "inference": ["cat", "dog"],
        "confidence": [0.5, None],
        "text": ["one", None],
        "metadata:n": pa.array([1, None]),
        "embedding": np.array([[1, 2], [3, 4]], dtype=np.float32),
    }
    uploader.log(columns)
    return uploader


def addresses(dataset):
    inference_set, field = InferenceSet.objects.get(), MetadataField.objects.get()
    names = ["key", "label", "resource", f"inference:{inference_set.pk}", f"confidence:{inference_set.pk}"]
    columns = [f"/bulk/v1/datasets/{dataset.pk}/columns/{name}" for name in [*names, f"metadata:{field.pk}"]]
    return [*columns, f"/bulk/v1/embedding-sets/{EmbeddingSet.objects.get().pk}/vectors"]


def test_members_read_every_column_and_nobody_else_sees_any(
    logged, dataset, alice, bob, vera, charlie, client_for, token_for
):
    elsewhere = token_for(alice, project=charlie.memberships.get().project)
    for address in addresses(dataset):
        for reader in (alice, bob, vera, token_for(vera, scope="read")):
            response = client_for(reader).get(address)
            assert response.status_code == 200
            assert response.headers["Content-Type"] == STREAM
            assert response.headers["Cache-Control"].startswith("private")
            read_arrow(response)
        for reader in (charlie, elsewhere):
            response = client_for(reader).get(address)
            assert (response.status_code, response.json()["error"]["code"]) == (404, "NOT_FOUND")
        assert client_for(None).get(address).status_code == 401
        assert client_for(alice).post(address).status_code == 405


def test_columns_have_their_documented_types(logged, dataset):
    def types(address):
        return [str(field.type) for field in read_arrow(logged.client.get(address)).schema]

    *columns, vectors = addresses(dataset)
    assert [types(address) for address in columns] == [
        ["string", "uint8"],
        ["int32", "uint8"],
        ["int64", "uint8"],
        ["int32", "uint8"],
        ["float", "uint8"],
        ["int64", "uint8"],
    ]
    assert types(vectors) == ["uint32", "string", "fixed_size_list<item: float>[2]"]


def test_an_unchanged_column_is_not_sent_again(logged, dataset, charlie, client_for):
    for address in addresses(dataset):
        etag = logged.client.get(address).headers["ETag"]
        unchanged = logged.client.get(address, headers={"If-None-Match": etag})
        assert (unchanged.status_code, unchanged.content, unchanged.headers["ETag"]) == (304, b"", etag)
        assert client_for(charlie).get(address, headers={"If-None-Match": etag}).status_code == 404
        assert client_for(None).get(address, headers={"If-None-Match": etag}).status_code == 401


def test_a_changed_column_has_another_etag_and_the_others_keep_theirs(logged, dataset):
    def etags():
        return [logged.client.get(address).headers["ETag"] for address in addresses(dataset)]

    def differing(before, after):
        return [place for place, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]]

    key, label, resource, inference, confidence, metadata, vectors = range(7)
    for columns, expected in [
        ({"key": ["a"], "label": ["dog"]}, [label, resource]),
        ({"key": ["a"], "metadata:n": pa.array([7])}, [resource, metadata]),
        ({"key": ["a"], "embedding": np.zeros((1, 2), dtype=np.float32)}, [resource, vectors]),
        ({"key": ["a"], "confidence": [0.25]}, [resource, confidence]),
        ({"key": ["c"]}, [key, label, resource, inference, confidence, metadata, vectors]),
    ]:
        before = etags()
        logged.log(columns)
        assert differing(before, etags()) == expected


def test_a_deleted_datapoint_is_absent_from_every_column(logged, dataset):
    Datapoint.objects.filter(key="a").delete()
    Dataset.objects.filter(pk=dataset.pk).update(alive=bitmaps.dump(bitmaps.of_rows(np.array([1], dtype=np.uint32))))
    *columns, vectors = addresses(dataset)
    for address in columns:
        assert read_arrow(logged.client.get(address))["present"].to_pylist()[0] == 0
    assert read_arrow(logged.client.get(vectors))["row"].to_pylist() == [1]


def test_an_empty_dataset_has_empty_columns(uploader, dataset):
    assert dense(uploader.client, dataset, "key") == []
    assert dense(uploader.client, dataset, "label") == []


def test_columns_of_another_dataset_are_not_found(logged, project, alice):
    other = create_dataset(actor=Actor(user=alice), project=project, name="other")
    inference_set, field = InferenceSet.objects.get(), MetadataField.objects.get()
    for name in [f"inference:{inference_set.pk}", f"confidence:{inference_set.pk}", f"metadata:{field.pk}"]:
        assert logged.client.get(f"/bulk/v1/datasets/{other.pk}/columns/{name}").status_code == 404


@pytest.mark.parametrize(
    "name", ["secret", "metadata:", "metadata:x", "metadata:1 OR 1=1", f"metadata:{10**30}", "inference:7", "%00"]
)
def test_a_column_that_does_not_exist_is_not_found(logged, dataset, name):
    response = logged.client.get(f"/bulk/v1/datasets/{dataset.pk}/columns/{name}")
    assert (response.status_code, response.json()["error"]["code"]) == (404, "NOT_FOUND")


@pytest.mark.django_db(transaction=True)
def test_a_real_server_streams_vectors_and_columns(live, dataset, alice, bob, client_for, token_for):
    vectors = np.random.default_rng(0).normal(size=(12_000, 8)).astype(np.float32)
    keys = [f"k{row}" for row in range(12_000)]
    Uploader(client_for(bob), dataset).log({"key": keys, "embedding": vectors})
    reader = httpx.Client(base_url=live.url, headers={"Authorization": f"Bearer {token_for(alice)}"}, timeout=60)

    def fetch(path):
        return pa.ipc.open_stream(reader.get(path).content).read_all()

    table = fetch(f"/bulk/v1/embedding-sets/{EmbeddingSet.objects.get().pk}/vectors")
    assert table["key"].to_pylist() == keys
    assert table["embedding"].combine_chunks().values.to_numpy().tobytes() == vectors.tobytes()
    assert fetch(f"/bulk/v1/datasets/{dataset.pk}/columns/key")["value"].to_pylist() == keys
    reader.close()
    assert httpx.get(f"{live.url}/bulk/v1/datasets/{dataset.pk}/columns/key").status_code == 401


@pytest.mark.usefixtures("logged")
def test_who_reads_while_somebody_logs_gets_the_dataset_as_it_was_looked_up(
    client_for, vera, dataset, uploader, monkeypatch
):
    keys = iter("cdefgh")

    def dense_column_after_a_log(found, name):
        both = [next(keys), "a"]
        more = {"key": both, "label": ["cat"] * 2, "inference": ["dog"] * 2, "confidence": [0.25] * 2}
        assert uploader.log(more | {"metadata:n": pa.array([7, 7]), "text": ["two"] * 2})["added"] == 1
        return dense_column(found, name)

    monkeypatch.setattr(columns_view, "dense_column", dense_column_after_a_log)
    for count, address in enumerate(addresses(dataset)[:-1], start=2):
        assert read_arrow(client_for(vera).get(address)).num_rows == count
