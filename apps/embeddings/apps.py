from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class EmbeddingsConfig(AppConfig):
    name = "apps.embeddings"

    def ready(self) -> None:
        import_module("apps.embeddings.log.field")  # registers what can be logged
        import_module("apps.embeddings.datapoint_facts")  # registers what this app knows of a page of datapoints
        import_module("apps.embeddings.deletion")  # registers what goes with what
