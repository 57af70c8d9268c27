"""What goes with a dataset: the files that its datapoints were exported to."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.db.models import Q

from apps.curation.models import Export
from apps.datasets.models import Dataset
from apps.jobs.services import request_cancel
from apps.projects.cascades import before_deleting, delete_whole


@before_deleting(Dataset)
def delete_exports(dataset: Dataset) -> None:
    """Whoever deletes data means all of it. An export of a slice may hold any dataset, and can be made again."""
    exports = Export.objects.filter(project=dataset.project_id)
    held = Q(scope__dataset__id=str(dataset.pk)) | Q(parts__dataset=dataset) | Q(scope__has_key="slice")
    for export in exports.filter(held).distinct():
        if export.job is not None:
            # Afterwards: whoever finishes the job locks its row before the project's, and we hold the project's by now.
            transaction.on_commit(partial(request_cancel, export.job))
        delete_whole(export)
