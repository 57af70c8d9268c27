import { graphql } from '@/gql'

export const FinderNames = graphql(`
  query FinderNames($projectId: ID!) {
    datasets(projectId: $projectId, first: 200) {
      edges {
        node {
          id
          name
        }
      }
    }
    projectionSets(projectId: $projectId, first: 200) {
      edges {
        node {
          id
          name
        }
      }
    }
    tags(projectId: $projectId, first: 200) {
      edges {
        node {
          id
          name
        }
      }
    }
    modelArchitectures(projectId: $projectId, first: 200) {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`)
