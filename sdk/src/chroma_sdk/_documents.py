"""Every GraphQL document that the SDK sends. A test holds them against the server's schema."""

from __future__ import annotations

ME = """query Me { me { id username } }"""

# -- projects ---------------------------------------------------------------------------------------------------------

PROJECT_FIELDS = """
fragment ProjectFields on Project { id namespace name fullName description datapointCount myRole }
"""

GET_OR_CREATE_PROJECT = (
    """
mutation GetOrCreateProject($input: GetOrCreateProjectInput!) {
  getOrCreateProject(input: $input) {
    project { ...ProjectFields }
    errors { code field message }
  }
}
"""
    + PROJECT_FIELDS
)

PROJECT_BY_NAME = (
    """
query ProjectByName($namespace: String!, $name: String!) {
  projectByName(namespace: $namespace, name: $name) { ...ProjectFields }
}
"""
    + PROJECT_FIELDS
)

PROJECTS = (
    """
query Projects($after: String) {
  projects(first: 100, after: $after) {
    edges { node { ...ProjectFields } }
    pageInfo { hasNextPage endCursor }
  }
}
"""
    + PROJECT_FIELDS
)

# -- datasets ---------------------------------------------------------------------------------------------------------

DATASET_FIELDS = """
fragment DatasetFields on Dataset { id name kind datapointCount }
"""

GET_OR_CREATE_DATASET = (
    """
mutation GetOrCreateDataset($input: GetOrCreateDatasetInput!) {
  getOrCreateDataset(input: $input) {
    dataset { ...DatasetFields }
    errors { code field message }
  }
}
"""
    + DATASET_FIELDS
)

DATASETS = (
    """
query Datasets($projectId: ID!, $after: String) {
  datasets(projectId: $projectId, first: 100, after: $after) {
    edges { node { ...DatasetFields } }
    pageInfo { hasNextPage endCursor }
  }
}
"""
    + DATASET_FIELDS
)

EMBEDDING_SETS = """
query EmbeddingSets($datasetId: ID!, $after: String) {
  embeddingSets(datasetId: $datasetId, first: 100, after: $after) {
    edges {
      node {
        id dimension dtype embeddingCount version
        layer { name layerSet { trainedModel { version modelArchitecture { name } } } }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""

# -- datapoints and tags ----------------------------------------------------------------------------------------------

DATAPOINTS = """
query Datapoints($datasetId: ID!, $rows: [Int!]!) {
  datapoints(datasetId: $datasetId, rows: $rows, first: 500) {
    edges {
      node {
        id row key
        label { name }
        resource { kind text mediaType url }
        tags { name }
        metadata { name value }
        inferences {
          confidence
          category { name }
          inferenceSet { trainedModel { version modelArchitecture { name } } }
        }
      }
    }
  }
}
"""

TAGS = """
query Tags($projectId: ID!, $after: String) {
  tags(projectId: $projectId, first: 100, after: $after) {
    edges { node { id name } }
    pageInfo { hasNextPage endCursor }
  }
}
"""

TAG_SELECTION = """
mutation TagSelection($input: TagSelectionInput!) {
  tagSelection(input: $input) { changedCount errors { code field message } }
}
"""

UNTAG_SELECTION = """
mutation UntagSelection($input: UntagSelectionInput!) {
  untagSelection(input: $input) { changedCount errors { code field message } }
}
"""

# -- maps -------------------------------------------------------------------------------------------------------------

PROJECTION_SET_FIELDS = """
fragment ProjectionSetFields on ProjectionSet {
  id name projectionCount quality notes stale finishedAt
  projector { method parameters seed }
  job { id }
  sources { position embeddingSet { id dataset { name } } }
}
"""

RUN_PROJECTION = (
    """
mutation RunProjection($input: RunProjectionInput!) {
  runProjection(input: $input) {
    projectionSet { ...ProjectionSetFields }
    errors { code field message }
  }
}
"""
    + PROJECTION_SET_FIELDS
)

PROJECTION_SET = (
    """
query ProjectionSet($id: ID!) {
  projectionSet(id: $id) { ...ProjectionSetFields }
}
"""
    + PROJECTION_SET_FIELDS
)

PROJECTION_SETS = (
    """
query ProjectionSets($projectId: ID!, $after: String) {
  projectionSets(projectId: $projectId, first: 100, after: $after) {
    edges { node { ...ProjectionSetFields } }
    pageInfo { hasNextPage endCursor }
  }
}
"""
    + PROJECTION_SET_FIELDS
)

JOB = """
query Job($id: ID!) {
  job(id: $id) { id state phase fraction error queuePosition }
}
"""
