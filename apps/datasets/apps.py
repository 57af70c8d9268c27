from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class DatasetsConfig(AppConfig):
    name = "apps.datasets"

    def ready(self) -> None:
        for field in ("labels", "resources", "metadata", "object_field"):
            import_module(f"apps.datasets.log.{field}")  # registers what can be logged
        import_module("apps.datasets.row_lookup")  # registers how a long list of rows is looked up
        for columns in ("own", "objects", "tags"):
            import_module(f"apps.datasets.dense.{columns}")  # registers the columns that can be read whole
        import_module("apps.datasets.datapoint_facts")  # registers what this app knows of a page of datapoints
