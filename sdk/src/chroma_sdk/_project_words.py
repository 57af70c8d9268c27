"""The words of a project: its categories and tags."""

from __future__ import annotations

from chroma_sdk._category import Category
from chroma_sdk._documents.datasets import CATEGORIES, CREATE_CATEGORY, CREATE_TAG, TAGS
from chroma_sdk._listing import Listing, named
from chroma_sdk._project_part import ProjectPart
from chroma_sdk._tag import Tag


class ProjectWords(ProjectPart):
    """Categories and tags."""

    def categories(self) -> Listing[Category]:
        """Return the classes that labels and inferences name."""
        return self._list(CATEGORIES, Category)

    def category(self, name: str) -> Category:
        """Return the category of this name. Raises NotFound, which lists the choices."""
        return named(self.categories(), name, noun="category", owner=self._home.project_name)

    def create_category(self, name: str) -> Category:
        """Make a category; logging makes missing ones by itself. Raises Conflict if there is one of that name."""
        return Category(self._home, self._create(CREATE_CATEGORY, name=name))

    def tags(self) -> Listing[Tag]:
        """Return all tags."""
        return self._list(TAGS, Tag)

    def tag(self, name: str) -> Tag:
        """Return the tag of this name. Raises NotFound, which lists the choices."""
        return named(self.tags(), name, noun="tag", owner=self._home.project_name)

    def create_tag(self, name: str) -> Tag:
        """Make a tag; tagging makes missing ones by itself. Raises Conflict if there is one of that name."""
        return Tag(self._home, self._create(CREATE_TAG, name=name))
