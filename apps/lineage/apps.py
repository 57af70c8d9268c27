from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class LineageConfig(AppConfig):
    name = "apps.lineage"

    def ready(self) -> None:
        import_module("apps.lineage.log.field")  # registers what can be logged
        import_module("apps.lineage.dense")  # registers the columns that can be read whole
        import_module("apps.lineage.sources")  # registers who finds objects
        import_module("apps.lineage.inferences")  # registers what this app knows of a page of datapoints
        import_module("apps.lineage.deletion")  # registers what goes with what
