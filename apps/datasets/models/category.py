from __future__ import annotations

from django.db import models

from apps.common.edited import EditedModel
from apps.common.pages import PagedQuerySet
from apps.projects.models import Project


class Category(EditedModel):
    """One of the classes that a label or an inference may name. Its id is the code in every category column."""

    id = models.BigAutoField(primary_key=True)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="categories")
    name = models.CharField(max_length=200)
    # Index into the fixed categorical palette, given once so that a category keeps its colour.
    colour = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PagedQuerySet["Category"].as_manager()

    class Meta:
        ordering = ["name", "id"]
        verbose_name_plural = "categories"
        constraints = [models.UniqueConstraint(fields=["project", "name"], name="category_name_unique")]

    PROJECT_PATH = "project"

    def __str__(self) -> str:
        return self.name
