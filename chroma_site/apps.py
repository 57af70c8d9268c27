from __future__ import annotations

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ChromaSiteConfig(AppConfig):
    name = "chroma_site"


class ChromaAdminConfig(AdminConfig):
    default_site = "chroma_site.admin_site.ChromaAdminSite"
