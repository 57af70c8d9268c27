import { graphql } from '@/gql'

export const EmbeddingSetList = graphql(`
  query EmbeddingSetList($projectId: ID!, $first: Int!, $after: String) {
    embeddingSets(projectId: $projectId, first: $first, after: $after) {
      edges {
        node {
          ...EmbeddingSetRow
        }
      }
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

export const EmbeddingSetRowFields = graphql(`
  fragment EmbeddingSetRow on EmbeddingSet {
    id
    dimension
    dtype
    version
    embeddingCount
    contextCount
    objectCount
    createdAt
    dataset {
      id
      name
    }
    layer {
      id
      name
      layerSet {
        id
        trainedModel {
          id
          version
          modelArchitecture {
            id
            name
          }
        }
      }
    }
  }
`)

export const EmbeddingSetDetail = graphql(`
  query EmbeddingSetDetail($id: ID!) {
    embeddingSet(id: $id) {
      ...EmbeddingSetRow
      neighborGraphs {
        metric
        neighborCount
        recall
        isFresh
        behindCount
        updatedAt
      }
    }
  }
`)

export const ComputeNeighbors = graphql(`
  mutation ComputeNeighbors($input: ComputeNeighborsInput!) {
    computeNeighbors(input: $input) {
      job {
        id
      }
      errors {
        code
        field
        message
      }
    }
  }
`)

export const MapsOfEmbeddingSet = graphql(`
  query MapsOfEmbeddingSet($projectId: ID!, $embeddingSetId: ID!, $first: Int!, $after: String) {
    projectionSets(projectId: $projectId, embeddingSetId: $embeddingSetId, first: $first, after: $after) {
      edges {
        node {
          id
          name
          createdAt
          finishedAt
          projectionCount
          projector {
            id
            method
          }
        }
      }
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

export const DeleteEmbeddingSet = graphql(`
  mutation DeleteEmbeddingSet($input: DeleteEmbeddingSetInput!) {
    deleteEmbeddingSet(input: $input) {
      errors {
        code
        field
        message
      }
    }
  }
`)
