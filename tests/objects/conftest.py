from __future__ import annotations

import io

import numpy as np
import pyarrow as pa
import pytest
from PIL import Image

from apps.accounts.actor import Actor
from apps.datasets.models import Category, Column, Datapoint, Dataset
from apps.datasets.services.datasets import create_dataset
from apps.embeddings.models import EmbeddingSet
from apps.lineage.models import ModelArchitecture, TrainedModel
from tests.logging.upload import Uploader, sha256, stream_of, table_of


@pytest.fixture
def dataset(project, alice):
    """alice/MNIST, dataset blood: empty."""
    return create_dataset(actor=Actor(user=alice), project=project, name="blood")


@pytest.fixture
def uploader(dataset, bob, client_for):
    """Logs to the dataset as Bob, an editor."""
    return Uploader(client_for(bob), dataset)


@pytest.fixture
def images(uploader):
    """Three contexts img0, img1, img2: pictures of 200 x 100 pixels, each of another grey."""
    uploader.log({"key": ["img0", "img1", "img2"], "file": store_pictures(uploader, 3)})
    return ["img0", "img1", "img2"]


@pytest.fixture
def log_objects(uploader):
    """log_objects(parents, boxes, source=…, box_format=…, …columns) -> the report."""

    def log(parents, boxes, **more):
        answer = try_objects(uploader, parents, boxes, **more)
        assert answer.status_code == 200, answer.content
        return answer.json()["report"]

    return log


@pytest.fixture
def refused(uploader):
    """refused(parents, boxes, …) -> the message; nothing was logged."""

    def refuse(parents, boxes, **more):
        before = standing()
        answer = try_objects(uploader, parents, boxes, **more)
        assert answer.status_code == 422, answer.content
        assert standing() == before
        return answer.json()["error"]["message"]

    return refuse


@pytest.fixture
def objects_of(dataset):
    """objects_of(parent, source="") -> key by region of what is stored."""

    def find(parent, source=""):
        found = Datapoint.objects.filter(dataset=dataset, parent__key=parent, source=source)
        return {tuple(each.region): each.key for each in found}

    return find


def try_objects(uploader, parents, boxes, *, source="ground_truth", box_format="xywhn", **more):
    declared = {name: more.pop(name) for name in ("model", "version", "layer", "classes") if name in more}
    columns = {"parent": pa.array(parents, type=pa.string()), "box": fours(boxes), **more}
    return uploader.try_log(table_of(columns), role="object", source=source, box_format=box_format, **declared)


def fours(boxes):
    return pa.array([None if box is None else list(map(float, box)) for box in boxes], type=pa.list_(pa.float64(), 4))


def pairs(sizes):
    return pa.array(
        [None if size is None else list(map(float, size)) for size in sizes], type=pa.list_(pa.float64(), 2)
    )


def standing():
    """All that a refused log may not change."""
    kept = (Datapoint, Dataset, Category, ModelArchitecture, TrainedModel, Column, EmbeddingSet)
    return [list(model.objects.order_by("pk").values()) for model in kept]


def store_pictures(uploader, count, size=(200, 100)):
    """Upload pictures and return their checksums."""
    contents = [picture(40 * number, size) for number in range(count)]
    columns = {"sha256": [sha256(each) for each in contents], "name": [f"{n}.png" for n in range(count)]}
    table = table_of({**columns, "content": pa.array(contents, type=pa.binary())})
    url = f"/bulk/v1/projects/{uploader.dataset.project_id}/files"
    assert uploader.client.post(url, stream_of(table), content_type="application/octet-stream").status_code == 200
    return columns["sha256"]


def picture(grey, size=(200, 100)):
    target = io.BytesIO()
    Image.new("RGB", size, (grey, grey, grey)).save(target, "PNG")
    return target.getvalue()


def vectors(count, seed=0):
    return np.random.default_rng(seed).normal(size=(count, 4)).astype(np.float32)
