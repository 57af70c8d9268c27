"""Neighbours, and what is similar."""

from __future__ import annotations

from chroma_sdk._documents._building import mutation
from chroma_sdk._documents.jobs import JOB_FIELDS

FIND_SIMILAR = """
query FindSimilar($embeddingSetId: ID!, $datapointId: ID, $selectionId: ID, $vector: [Float!], $first: Int!,
    $metric: Metric!, $amongDatasetIds: [ID!], $role: DatapointRole) {
  findSimilar(embeddingSetId: $embeddingSetId, datapointId: $datapointId, selectionId: $selectionId, vector: $vector,
      first: $first, metric: $metric, amongDatasetIds: $amongDatasetIds, role: $role) {
    isExact edges { distance node { key dataset { name } } }
  }
}
"""
COMPUTE_NEIGHBORS = mutation("computeNeighbors", job=JOB_FIELDS)
