import { graphql } from '@/gql'

/** Without a count: the dataset knows it, and counting a million takes long. */
export const DatapointPage = graphql(`
  query DatapointPage($datasetId: ID!, $role: DatapointRole!, $search: String, $first: Int!, $after: String) {
    datapoints(datasetId: $datasetId, role: $role, search: $search, first: $first, after: $after) {
      edges {
        node {
          ...DatapointRow
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

export const DatapointRowFields = graphql(`
  fragment DatapointRow on Datapoint {
    id
    row
    key
    objectCount
    thumbnailUrl
    resource {
      id
      kind
      text
    }
    label {
      id
      name
      colour
    }
    inferences {
      confidence
      category {
        id
        name
        colour
      }
    }
    tags {
      id
      name
    }
    metadata {
      name
      value
    }
  }
`)
