"""Real work for jobs, of each kind: how it is asked for, and what is there once it is done."""

from __future__ import annotations

import hashlib

import numpy as np

from apps.accounts.actor import Actor
from apps.analysis.models import ScoreSet
from apps.analysis.services import run_class_quality
from apps.curation.exports.services import create_export
from apps.curation.imports.services import start_import
from apps.curation.imports.upload import complete_import, declare_import, receive_chunk
from apps.curation.models import Export, ExportFormat
from apps.datasets.models import Datapoint, Dataset
from apps.datasets.services.datasets import delete_dataset
from apps.jobs.models import JobState
from apps.projections.models import ProjectionArray
from apps.projections.services import run_projection
from tests.data import make_dataset, make_embedding_set, make_inference_set
from tests.jobs.waiting import wait_for

COUNT = 600
LABELS = [str(row % 3) for row in range(COUNT)]


class Scene:
    """`ask()` queues the job; `made()` says how much there is of what such jobs make."""

    is_cancellable = True
    # Whether what it made before it was cancelled stays: an import logs session by session.
    keeps_parts = False

    def __init__(self, alice, project):
        self.actor, self.project = Actor(user=alice), project
        self.dataset = make_dataset(project, count=COUNT, labels=LABELS)
        self.embedding_set = make_embedding_set(self.dataset, np.random.default_rng(0).normal(size=(COUNT, 8)))
        make_inference_set(self.dataset, LABELS, confidences=[0.5] * COUNT)
        self.number = 0


class Map(Scene):
    def ask(self):
        return run_projection(actor=self.actor, embedding_sets=[self.embedding_set], method="pca", parameters={}).job

    def made(self):
        return ProjectionArray.objects.count()


class ClassQuality(Scene):
    def ask(self):
        targets = [self.embedding_set]
        return run_class_quality(actor=self.actor, reference=self.embedding_set, targets=targets).job

    def made(self):
        return ScoreSet.objects.count()


class AnExport(Scene):
    def ask(self):
        return create_export(actor=self.actor, scope=self.dataset, format=ExportFormat.CSV).job

    def made(self):
        return Export.objects.exclude(path="").count()


class AnImport(Scene):
    keeps_parts = True

    def ask(self):
        self.number += 1
        content = ("id,label\n" + "".join(f"i{row},{row % 3}\n" for row in range(COUNT))).encode()
        size, sha256 = len(content), hashlib.sha256(content).hexdigest()
        declared = {"key": f"k{self.number}", "file_name": "a.csv", "byte_count": size, "chunk_bytes": size}
        sent, _ = declare_import(actor=self.actor, project=self.project, declared=declared)
        receive_chunk(import_file=sent, number=0, sha256=sha256, content=content)
        wait_for(complete_import(actor=self.actor, import_file=sent).job, JobState.DONE)
        sent.refresh_from_db()
        return start_import(
            actor=self.actor,
            import_file=sent,
            dataset_name=f"imported {self.number}",
            dataset_kind=None,
            mapping=[("id", "key"), ("label", "label")],
        ).job

    def made(self):
        return Datapoint.objects.exclude(dataset=self.dataset).count()


class Deletion(Scene):
    is_cancellable = False

    def ask(self):
        self.number += 1
        name = f"doomed {self.number}"
        doomed = make_dataset(self.project, name, count=COUNT, labels=LABELS)
        return delete_dataset(actor=self.actor, dataset=doomed, confirm_name=name)

    def made(self):
        return -Dataset.objects.count()


SCENES = {"map": Map, "class quality": ClassQuality, "export": AnExport, "import": AnImport, "deletion": Deletion}
