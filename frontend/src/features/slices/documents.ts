import { graphql } from '@/gql'

export const SliceList = graphql(`
  query SliceList($projectId: ID!, $search: String, $first: Int!, $after: String) {
    slices(projectId: $projectId, search: $search, first: $first, after: $after) {
      edges {
        node {
          ...SliceRow
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

export const SliceRowFields = graphql(`
  fragment SliceRow on Slice {
    id
    editVersion
    name
    description
    isFrozen
    datapointCount
    updatedAt
    createdBy {
      id
      username
    }
  }
`)

export const SliceDetail = graphql(`
  query SliceDetail($id: ID!) {
    slice(id: $id) {
      ...SliceRow
      rule
      notes
      createdAt
      trainedModels {
        id
        version
        modelArchitecture {
          id
          name
        }
      }
    }
  }
`)

/** What the ids in a rule are called. */
export const RuleNames = graphql(`
  query RuleNames($projectId: ID!) {
    categories(projectId: $projectId, first: 500) {
      edges {
        node {
          id
          name
        }
      }
    }
    tags(projectId: $projectId, first: 500) {
      edges {
        node {
          id
          name
        }
      }
    }
    datasets(projectId: $projectId, first: 500) {
      edges {
        node {
          id
          name
        }
      }
    }
    projectionSets(projectId: $projectId, first: 500) {
      edges {
        node {
          id
          name
        }
      }
    }
    trainedModels(projectId: $projectId, first: 500) {
      edges {
        node {
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
