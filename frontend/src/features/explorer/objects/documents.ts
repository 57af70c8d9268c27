import { graphql } from '@/gql'

/** The objects inside an image, a page at a time. */
export const ObjectsInsideQuery = graphql(`
  query ObjectsInside($id: ID!, $first: Int!, $after: String) {
    datapoint(id: $id) {
      id
      objects(first: $first, after: $after) {
        edges {
          node {
            id
            key
            region
            sourceModel {
              id
            }
            label {
              id
              name
            }
            inferences {
              inferenceSet {
                id
                trainedModel {
                  id
                }
              }
              category {
                id
                name
              }
              confidence
            }
            scores {
              scoreSet {
                id
                name
              }
              text
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`)
