from __future__ import annotations

from apps.datasets.services.categories import (
    create_category,
    delete_category,
    get_or_create_category,
    rename_category,
    update_category,
)
from apps.datasets.services.comments import add_comment, delete_comment, edit_comment
from apps.datasets.services.datasets import (
    change_dataset_kind,
    create_dataset,
    delete_dataset,
    get_or_create_dataset,
    rename_dataset,
)
from apps.datasets.services.roots import grant_resource_root, revoke_resource_root
from apps.datasets.services.tags import create_tag, delete_tag, get_or_create_tag, rename_tag

__all__ = [
    "add_comment",
    "change_dataset_kind",
    "create_category",
    "create_dataset",
    "create_tag",
    "delete_category",
    "delete_comment",
    "delete_dataset",
    "delete_tag",
    "edit_comment",
    "get_or_create_category",
    "get_or_create_dataset",
    "get_or_create_tag",
    "grant_resource_root",
    "rename_category",
    "rename_dataset",
    "rename_tag",
    "revoke_resource_root",
    "update_category",
]
