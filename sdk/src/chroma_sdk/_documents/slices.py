"""Slices: named, saved selections."""

from __future__ import annotations

from chroma_sdk._documents._building import mutation, one_of, page_of

SLICE_FIELDS = """
id name description isFrozen rule datapointCount notes createdAt updatedAt
createdBy { username } trainedModels { version modelArchitecture { name } }
"""

SLICES = page_of("slices", SLICE_FIELDS, projectId="ID!")
SLICE = one_of("slice", SLICE_FIELDS)
CREATE_SLICE = mutation("createSlice", slice=SLICE_FIELDS)
UPDATE_SLICE = mutation("updateSlice", slice=SLICE_FIELDS)
RENAME_SLICE = mutation("renameSlice", slice=SLICE_FIELDS)
FREEZE_SLICE = mutation("freezeSlice", slice=SLICE_FIELDS)
DELETE_SLICE = mutation("deleteSlice", deletedId="")
