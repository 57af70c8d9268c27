"""Logging: sessions declared, sent and committed; files; imports."""

from __future__ import annotations

import hashlib

import numpy as np

from apps.jobs.models import Lane
from tests.logging.upload import declaration_of
from tests.truth.scene import Scene, stream
from tests.truth.write_paths import path

NAMES = {"model": "cnn", "version": "2", "layer": "fc2"}
CSV = b"id,label,tags,size\n" + b"".join(b'new%d,cat,"[""odd""]",%d\n' % (row, row) for row in range(6))


def contexts():
    """Ten new datapoints and two known ones, with everything that a log may say."""
    keys = ["k0", "k1", *[f"new {row}" for row in range(10)]]
    return {
        "key": keys,
        "label": ["cat", None, *["dog", "cat"] * 5],
        "text": [f"text {row}" for row in range(12)],
        "inference": ["cat"] * 12,
        "confidence": [0.5] * 12,
        "metadata:size": list(range(12)),
        "metadata:note": [f"note {row}" for row in range(12)],
        "embedding": np.arange(48, dtype=np.float32).reshape(12, 4),
        "clear": [[], ["label"], *[[]] * 10],
    }


def objects():
    """Four boxes in two of the datapoints."""
    boxes = np.tile(np.array([0.1, 0.1, 0.2, 0.2]), (4, 1))
    return {"key": [f"box {row}" for row in range(4)], "parent": ["k0", "k0", "k1", "k1"], "box": boxes,
            "label": ["cat", "dog", "cat", "dog"]}  # fmt: skip


def declared(scene: Scene, columns, **more):
    content = stream(columns)
    declaration = declaration_of(content, len(columns["key"]), key="once", chunk_bytes=len(content), **more)
    answer = scene.ask("POST", f"/bulk/v1/datasets/{scene.dataset.pk}/uploads", declaration)
    return answer["id"], content, declaration


def sent(scene: Scene, columns, **more):
    upload_id, content, declaration = declared(scene, columns, **more)
    send(scene, upload_id, content)
    return upload_id, content, declaration


def send(scene: Scene, upload_id, content):
    headers = {"X-Chroma-Sha256": hashlib.sha256(content).hexdigest()}
    return scene.ask("PUT", f"/bulk/v1/uploads/{upload_id}/chunks/0", content, **headers)


@path("declare an upload")
def declare_upload(scene, _):
    declared(scene, contexts(), dimension=4, **NAMES)


@path("send a chunk", prepare=lambda scene: declared(scene, contexts(), dimension=4, **NAMES))
def send_chunk(scene, prepared):
    assert send(scene, *prepared[:2]) == {"missing_count": 0}


@path("commit an upload", prepare=lambda scene: sent(scene, contexts(), dimension=4, **NAMES))
def commit_upload(scene, prepared):
    report = scene.ask("POST", f"/bulk/v1/uploads/{prepared[0]}/commit")["report"]
    assert report == {"added": 10, "updated": 2, "unchanged": 0}


@path("commit objects", prepare=lambda scene: sent(scene, objects(), role="object", source="ground_truth",
                                                   box_format="xywhn"))  # fmt: skip
def commit_objects(scene, prepared):
    assert scene.ask("POST", f"/bulk/v1/uploads/{prepared[0]}/commit")["report"]["added"] == 4


@path("store files")
def store_files(scene, _):
    contents = [b"one", b"two two", b"three three three"]
    files = {
        "sha256": [hashlib.sha256(content).hexdigest() for content in contents],
        "name": ["1.txt", "2.txt", "3.txt"],
        "content": contents,
    }
    scene.ask("POST", f"/bulk/v1/projects/{scene.project.pk}/files", stream(files))


def imported(scene: Scene, upto: str):
    """An import that has come so far: declared, sent, looked at, started."""
    base = "/bulk/v1/imports"
    body = {"key": "once", "file_name": "a.csv", "byte_count": len(CSV), "chunk_bytes": len(CSV)}
    id = scene.ask("POST", f"/bulk/v1/projects/{scene.project.pk}/imports", body)["id"]
    if upto == "declared":
        return id
    scene.ask("PUT", f"{base}/{id}/chunks/0", CSV, **{"X-Chroma-Sha256": hashlib.sha256(CSV).hexdigest()})
    if upto == "sent":
        return id
    scene.ask("POST", f"{base}/{id}/complete")
    if upto == "complete":
        return id
    scene.work(Lane.LIGHT)
    if upto == "started":
        start(scene, id)
    return id


def start(scene: Scene, id):
    pairs = {"id": "key", "label": "label", "tags": "tags", "size": "metadata:size"}
    mapping = [{"column": column, "field": field} for column, field in pairs.items()]
    return scene.change("startImport", id=id, datasetName="imported", mapping=mapping)


@path("declare an import")
def declare_import(scene, _):
    imported(scene, "declared")


@path("send a chunk of an import", prepare=lambda scene: imported(scene, "declared"))
def send_import_chunk(scene, _):
    imported(scene, "sent")


@path("complete an import", prepare=lambda scene: imported(scene, "sent"))
def complete_import(scene, id):
    scene.ask("POST", f"/bulk/v1/imports/{id}/complete")


@path("look at an import", prepare=lambda scene: imported(scene, "complete"), is_job=True, has_steps=True)
def inspect_import(scene, _):
    scene.work(Lane.LIGHT)


@path("start an import", prepare=lambda scene: imported(scene, "inspected"), settled={"CONFLICT"})
def start_import(scene, id):
    return start(scene, id)


@path("run an import", prepare=lambda scene: imported(scene, "started"), is_job=True, has_steps=True,
      repeats={"Selection", "SelectionRows"})  # fmt: skip
def run_import(scene, _):
    scene.work(Lane.LIGHT)
