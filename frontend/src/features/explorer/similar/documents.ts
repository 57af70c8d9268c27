import { graphql } from '@/gql'

/** What a map was made from, as far as finding similar needs to know it. */
export const SimilarSourcesQuery = graphql(`
  query SimilarSources($id: ID!) {
    projectionSet(id: $id) {
      id
      role
      sources {
        position
        embeddingSet {
          id
          dataset {
            id
          }
          layer {
            id
            name
          }
        }
      }
    }
  }
`)

export const FindSimilarQuery = graphql(`
  query FindSimilar(
    $embeddingSetId: ID!
    $datapointId: ID
    $selectionId: ID
    $first: Int!
    $metric: Metric!
    $amongDatasetIds: [ID!]
    $role: DatapointRole
  ) {
    findSimilar(
      embeddingSetId: $embeddingSetId
      datapointId: $datapointId
      selectionId: $selectionId
      first: $first
      metric: $metric
      amongDatasetIds: $amongDatasetIds
      role: $role
    ) {
      isExact
      edges {
        distance
        node {
          id
          row
          key
          role
          thumbnailUrl
          resource {
            id
            kind
            text
          }
          label {
            id
            name
          }
        }
      }
    }
  }
`)

/** Which embeddings a datapoint can be compared by, and whether that is quick. */
export const SimilarChoicesQuery = graphql(`
  query SimilarChoices($id: ID!) {
    datapoint(id: $id) {
      id
      embeddings {
        embeddingSet {
          id
          embeddingCount
          layer {
            id
            name
          }
          neighborGraphs {
            metric
            isFresh
          }
        }
      }
    }
  }
`)
