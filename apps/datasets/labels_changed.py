"""What every change of labels leaves behind, whoever makes it."""

from __future__ import annotations

from django.db.models import F

from apps.datasets.models import Dataset
from apps.projects.journal import record_change


def record_label_change(dataset: Dataset) -> None:
    """Raise the dataset's versions and tell open browsers. Must run inside the transaction of the change.

    A log that was planned on the labels before sees the new version, and plans again.
    """
    Dataset.objects.filter(pk=dataset.pk).update(version=F("version") + 1, label_version=F("label_version") + 1)
    dataset.refresh_from_db(fields=["version", "label_version"])
    record_change(dataset.project, kind="labelled", target=dataset, version=dataset.label_version)
