import { graphql } from '@/gql'

/** The overview shows the newest few as cards. */
export const Datasets = graphql(`
  query Datasets($projectId: ID!) {
    datasets(projectId: $projectId, first: 6) {
      edges {
        node {
          ...DatasetCard
        }
      }
      totalCount
    }
    project(id: $projectId) {
      id
      datapointCount
    }
  }
`)

export const DatasetList = graphql(`
  query DatasetList($projectId: ID!, $search: String, $first: Int!, $after: String) {
    datasets(projectId: $projectId, search: $search, first: $first, after: $after) {
      edges {
        node {
          ...DatasetRow
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

export const DatasetRowFields = graphql(`
  fragment DatasetRow on Dataset {
    id
    editVersion
    name
    kind
    updatedAt
    datapointCount
    objectCount
    labelledCount
    embeddingSets(first: 5) {
      edges {
        node {
          id
          dimension
          layer {
            id
            name
          }
        }
      }
      totalCount
    }
  }
`)

export const DatasetCardFields = graphql(`
  fragment DatasetCard on Dataset {
    id
    editVersion
    name
    kind
    createdAt
    updatedAt
    datapointCount
    objectCount
    labelledCount
    datapoints(first: 8) {
      edges {
        node {
          id
          key
          resource {
            id
            kind
            text
            thumbnailUrl
          }
        }
      }
    }
    inferenceSets(last: 1) {
      edges {
        node {
          id
          disagreementCount
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
  }
`)

export const DatasetDetail = graphql(`
  query DatasetDetail($id: ID!) {
    dataset(id: $id) {
      id
      editVersion
      name
      kind
      createdAt
      updatedAt
      datapointCount
      objectCount
      labelledCount
      labelCounts {
        datapointCount
        category {
          id
          name
          colour
        }
      }
      metadataFields {
        id
        name
        kind
      }
      embeddingSets(first: 100) {
        edges {
          node {
            id
            dimension
            embeddingCount
            layer {
              id
              name
              layerSet {
                id
                trainedModel {
                  ...ModelName
                }
              }
            }
          }
        }
      }
      inferenceSets(first: 100) {
        edges {
          node {
            id
            inferenceCount
            hasConfidence
            hasProbabilities
            disagreementCount
            trainedModel {
              ...ModelName
            }
          }
        }
      }
    }
  }
`)

export const ModelNameFields = graphql(`
  fragment ModelName on TrainedModel {
    id
    version
    modelArchitecture {
      id
      name
    }
  }
`)
