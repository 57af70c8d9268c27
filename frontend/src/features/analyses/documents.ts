import { graphql } from '@/gql'

export const AnalysisList = graphql(`
  query AnalysisList($projectId: ID!, $search: String, $first: Int!, $after: String) {
    analyses(projectId: $projectId, search: $search, first: $first, after: $after) {
      edges {
        node {
          ...AnalysisRow
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

export const AnalysisRowFields = graphql(`
  fragment AnalysisRow on Analysis {
    id
    editVersion
    kind
    name
    parameters
    createdAt
    finishedAt
    createdBy {
      id
      username
    }
    job {
      ...JobFields
    }
  }
`)

export const AnalysisDetail = graphql(`
  query AnalysisDetail($id: ID!) {
    analysis(id: $id) {
      ...AnalysisRow
      summary
      notes
      scoreSets {
        id
        name
        title
        description
        direction
        unit
        scoreCount
        dataset {
          id
          name
        }
      }
    }
  }
`)

export const QualityChoices = graphql(`
  query QualityChoices($projectId: ID!) {
    embeddingSets(projectId: $projectId, first: 500) {
      edges {
        node {
          id
          dimension
          embeddingCount
          dataset {
            id
            name
            kind
          }
          layer {
            id
            name
            layerSet {
              id
              trainedModel {
                id
                version
                trainedOnDataset {
                  id
                }
                modelArchitecture {
                  id
                  name
                }
              }
            }
          }
        }
      }
    }
  }
`)

export const MatchChoices = graphql(`
  query MatchChoices($projectId: ID!) {
    datasets(projectId: $projectId, first: 500) {
      edges {
        node {
          id
          name
          objectCount
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
