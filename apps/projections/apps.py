from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class ProjectionsConfig(AppConfig):
    name = "apps.projections"

    def ready(self) -> None:
        import_module("apps.projections.deletion")  # registers what goes with what
