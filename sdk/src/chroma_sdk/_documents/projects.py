"""Projects."""

from __future__ import annotations

from chroma_sdk._documents._building import mutation, page_of

PROJECT_FIELDS = "id namespace name fullName description datapointCount myRole"

PROJECTS = page_of("projects", PROJECT_FIELDS)
PROJECT_BY_NAME = f"""
query ProjectByName($namespace: String!, $name: String!) {{
  projectByName(namespace: $namespace, name: $name) {{ {PROJECT_FIELDS} }}
}}
"""
GET_OR_CREATE_PROJECT = mutation("getOrCreateProject", project=PROJECT_FIELDS)
CREATE_PROJECT = mutation("createProject", project=PROJECT_FIELDS)
RENAME_PROJECT = mutation("renameProject", project=PROJECT_FIELDS)
UPDATE_PROJECT = mutation("updateProject", project=PROJECT_FIELDS)
DELETE_PROJECT = mutation("deleteProject")
