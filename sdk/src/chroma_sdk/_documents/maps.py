"""Projection sets, which people call maps."""

from __future__ import annotations

from chroma_sdk._documents._building import mutation, one_of, page_of

MAP_FIELDS = """
id name role projectionCount contextCount objectCount quality notes stale createdAt finishedAt
createdBy { username }
projector { id method parameters seed }
job { id state }
columns { name }
origin drift previous { id }
sources { position newDatapointCount embeddingSet { id dataset { id name } } }
"""

MAPS = page_of("projectionSets", MAP_FIELDS, projectId="ID!")
MAP = one_of("projectionSet", MAP_FIELDS)
RUN_PROJECTION = mutation("runProjection", projectionSet=MAP_FIELDS)
PLACE_NEW = mutation("placeNewDatapoints", projectionSet=MAP_FIELDS)
REFIT = mutation("refitProjection", projectionSet=MAP_FIELDS)
MAP_VERSIONS = f"query MapVersions($id: ID!) {{ projectionSet(id: $id) {{ versions {{ {MAP_FIELDS} }} }} }}"
STOP_PROJECTION = mutation("stopProjection", projectionSet=MAP_FIELDS)
RENAME_MAP = mutation("renameProjectionSet", projectionSet=MAP_FIELDS)
DELETE_MAP = mutation("deleteProjectionSet", deletedId="")
PROJECTORS = page_of("projectors", "id method parameters seed", projectId="ID!")
PROJECTION_METHODS = """
query ProjectionMethods {
  projectionMethods {
    name title description advice available unavailableReason
    parameters { name title description kind default minimum maximum choices }
    presets { name title description parameters }
    engines { name title description available unavailableReason }
  }
}
"""
