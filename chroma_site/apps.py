from __future__ import annotations

from django.apps import AppConfig


class ChromaSiteConfig(AppConfig):
    name = "chroma_site"
