from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class DatasetsConfig(AppConfig):
    name = "apps.datasets"

    def ready(self) -> None:
        import_module("apps.datasets.datapoint_facts")  # registers what this app knows of a page of datapoints
