import { graphql } from '@/gql'

/** Without a count: the dataset knows it, and counting a million takes long. */
export const DatapointPage = graphql(`
  query DatapointPage($datasetId: ID!, $first: Int!, $after: String) {
    datapoints(datasetId: $datasetId, first: $first, after: $after) {
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
    resource {
      id
      kind
      text
      thumbnailUrl
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
