from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class CurationConfig(AppConfig):
    name = "apps.curation"

    def ready(self) -> None:
        import_module("apps.curation.deletion")  # registers what goes with what
