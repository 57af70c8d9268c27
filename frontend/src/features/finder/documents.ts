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
    slices(projectId: $projectId, first: 200) {
      edges {
        node {
          id
          name
        }
      }
    }
    analyses(projectId: $projectId, first: 200) {
      edges {
        node {
          id
          name
        }
      }
    }
    jobs(projectId: $projectId, first: 50) {
      edges {
        node {
          id
          title
        }
      }
    }
  }
`)

/** Datapoints of one dataset whose key or text contains the words. */
export const FoundDatapoints = graphql(`
  query FoundDatapoints($datasetId: ID!, $search: String!, $first: Int!) {
    datapoints(datasetId: $datasetId, search: $search, first: $first) {
      edges {
        node {
          id
          key
          dataset {
            id
            name
          }
          resource {
            id
            kind
            text
          }
        }
      }
    }
  }
`)
