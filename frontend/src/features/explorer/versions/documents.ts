import { graphql } from '@/gql'

export const MapVersionsQuery = graphql(`
  query MapVersions($id: ID!) {
    projectionSet(id: $id) {
      id
      drift
      previous {
        id
      }
      versions {
        id
        name
        origin
        finishedAt
        sources {
          position
          embeddingSet {
            id
            dataset {
              id
            }
          }
        }
      }
    }
  }
`)
