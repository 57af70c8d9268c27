"""Datasets, and the categories and tags of their project."""

from __future__ import annotations

from chroma_sdk._documents._building import mutation, one_of, page_of
from chroma_sdk._documents.jobs import JOB_FIELDS

DATASET_FIELDS = "id name kind datapointCount objectCount labelledCount createdAt updatedAt"

DATASETS = page_of("datasets", DATASET_FIELDS, projectId="ID!")
DATASET = one_of("dataset", DATASET_FIELDS)
CREATE_DATASET = mutation("createDataset", dataset=DATASET_FIELDS)
GET_OR_CREATE_DATASET = mutation("getOrCreateDataset", dataset=DATASET_FIELDS)
RENAME_DATASET = mutation("renameDataset", dataset=DATASET_FIELDS)
CHANGE_DATASET_KIND = mutation("changeDatasetKind", dataset=DATASET_FIELDS)
DELETE_DATASET = mutation("deleteDataset", job=JOB_FIELDS)

CATEGORY_FIELDS = "id name colour"

CATEGORIES = page_of("categories", CATEGORY_FIELDS, projectId="ID!")
CREATE_CATEGORY = mutation("createCategory", category=CATEGORY_FIELDS)
RENAME_CATEGORY = mutation("renameCategory", category=CATEGORY_FIELDS)
RECOLOUR_CATEGORY = mutation("updateCategory", category=CATEGORY_FIELDS)
DELETE_CATEGORY = mutation("deleteCategory", job=JOB_FIELDS)

TAG_FIELDS = "id name datapointCount"

TAGS = page_of("tags", TAG_FIELDS, projectId="ID!")
CREATE_TAG = mutation("createTag", tag=TAG_FIELDS)
RENAME_TAG = mutation("renameTag", tag=TAG_FIELDS)
DELETE_TAG = mutation("deleteTag", deletedId="")
