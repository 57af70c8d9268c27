"""Exports."""

from __future__ import annotations

from chroma_sdk._documents._building import mutation, one_of, page_of

EXPORT_FIELDS = """
id format scope fileName byteSize rowCount createdAt expiresAt downloadUrl job { id state } createdBy { username }
"""

EXPORTS = page_of("exports", EXPORT_FIELDS, projectId="ID!")
EXPORT = one_of("export", EXPORT_FIELDS)
CREATE_EXPORT = mutation("createExport", export=EXPORT_FIELDS)
DELETE_EXPORT = mutation("deleteExport", deletedId="")
