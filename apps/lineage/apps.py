from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class LineageConfig(AppConfig):
    name = "apps.lineage"

    def ready(self) -> None:
        import_module("apps.lineage.inferences")  # registers what this app knows of a page of datapoints
        import_module("apps.lineage.deletion")  # registers what goes with what
