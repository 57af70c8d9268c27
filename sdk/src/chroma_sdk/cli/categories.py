"""`chroma-sdk categories`."""

from __future__ import annotations

from chroma_sdk._project import Project
from chroma_sdk.cli._nouns import (
    NounCommands,
    add_create,
    add_delete,
    add_list,
    add_rename,
    add_show,
    make_group,
)

NOUN = NounCommands(
    one="category",
    many="categories",
    all=Project.categories,
    find=Project.category,
    columns={"name": "name", "colour": "colour"},
    details={"id": "id"},
    goes_with="from all labels and inferences that name it",
)

group = make_group("categories", "The classes that labels and inferences name.")
add_list(group, NOUN)
add_show(group, NOUN)
add_create(group, NOUN, Project.create_category)
add_rename(group, NOUN)
add_delete(group, NOUN)
