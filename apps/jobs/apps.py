from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "apps.jobs"

    def ready(self) -> None:
        """Register the job bodies of every app, and jobs in the news of their project."""
        autodiscover_modules("tasks")
        import_module("apps.jobs.news")
