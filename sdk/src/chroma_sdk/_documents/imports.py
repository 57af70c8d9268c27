"""Imports."""

from __future__ import annotations

from chroma_sdk._documents._building import mutation, one_of, page_of

IMPORT_FIELDS = """
id fileName byteSize format state rowCount errorCount report createdAt expiresAt
columns { name kind samples suggestedField } preview errors { row column message }
dataset { name } job { id state error } createdBy { username }
"""

IMPORTS = page_of("imports", IMPORT_FIELDS, projectId="ID!")
IMPORT = one_of("import", IMPORT_FIELDS)
START_IMPORT = mutation("startImport", **{"import": IMPORT_FIELDS})
DELETE_IMPORT = mutation("deleteImport", deletedId="")
