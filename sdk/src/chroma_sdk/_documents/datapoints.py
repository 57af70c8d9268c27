"""Datapoints, and what people do to them."""

from __future__ import annotations

from chroma_sdk._documents._building import mutation, page_of
from chroma_sdk._documents.jobs import JOB_FIELDS

DATAPOINTS = """
query Datapoints($datasetId: ID!, $rows: [Int!], $keys: [String!]) {
  datapoints(datasetId: $datasetId, rows: $rows, keys: $keys, first: 200) {
    edges {
      node {
        id row key role region
        parent { key }
        sourceModel { version modelArchitecture { name } }
        label { name }
        resource { kind text mediaType url }
        tags { name }
        metadata { name value }
        scores { value text scoreSet { name analysis { name } } }
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
DATAPOINT_ROWS = page_of("datapoints", "row", datasetId="ID!", role="DatapointRole", search="String", tagId="ID")
DATAPOINT_IDS = """
query DatapointIds($datasetId: ID!, $keys: [String!]!) {
  datapoints(datasetId: $datasetId, keys: $keys, first: 500) { edges { node { id key } } }
}
"""

TAG_SELECTION = mutation("tagSelection", changedCount="")
UNTAG_SELECTION = mutation("untagSelection", changedCount="")
DELETE_DATAPOINTS = mutation("deleteDatapoints", job=JOB_FIELDS)
SET_LABEL = mutation("setLabel", changedCount="", actionId="", job="id")

COMMENT_FIELDS = "id text at author { username }"

COMMENTS = page_of("comments", COMMENT_FIELDS, datapointId="ID!")
ADD_COMMENT = mutation("addComment", comment=COMMENT_FIELDS)
EDIT_COMMENT = mutation("editComment", comment=COMMENT_FIELDS)
DELETE_COMMENT = mutation("deleteComment", deletedId="")
