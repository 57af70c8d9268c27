from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    name = "apps.analysis"

    def ready(self) -> None:
        import_module("apps.analysis.dense")  # registers the columns that browsers get
        import_module("apps.analysis.datapoint_facts")  # registers what this app knows of a page of datapoints
        import_module("apps.analysis.deletion")  # registers what goes with what
