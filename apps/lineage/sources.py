"""Trained models as those who find objects."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from apps.datasets.bitmaps import Rows
from apps.datasets.log.sources import model_sources
from apps.datasets.models import Datapoint, Upload
from apps.datasets.page_facts import page_fact
from apps.lineage.models import TrainedModel
from apps.lineage.services.by_name import get_or_create_trained_model


@model_sources
class TrainedModelSources:
    """The trained model that an upload names by `model` and `version`."""

    def find(self, upload: Upload) -> UUID | None:
        found = TrainedModel.objects.filter(
            version=upload.version,
            model_architecture__name=upload.model,
            model_architecture__project=upload.dataset.project_id,
        )
        return found.values_list("pk", flat=True).first()

    def make(self, upload: Upload, id: UUID) -> UUID:
        made = get_or_create_trained_model(
            project=upload.dataset.project, model=upload.model, version=upload.version, id=id
        )
        return made.pk


@page_fact("source_model")
def source_models_of(dataset_id: UUID, rows: Rows) -> Mapping[int, list[TrainedModel]]:
    """The trained model that found each object, where one did."""
    found_by_model = Datapoint.objects.filter(dataset=dataset_id, row__in=rows.tolist()).exclude(source="")
    sources = dict(found_by_model.order_by().values_list("row", "source"))
    known = TrainedModel.objects.select_related("model_architecture").in_bulk(set(sources.values()))
    models = {str(pk): model for pk, model in known.items()}
    return {row: [models[source]] for row, source in sources.items() if source in models}
