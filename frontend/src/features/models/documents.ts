import { graphql } from '@/gql'

/** The overview's tree: flat lists, put together in the browser, as a nested query would be deep and wide. */
export const Models = graphql(`
  query Models($projectId: ID!) {
    modelArchitectures(projectId: $projectId, first: 20) {
      edges {
        node {
          id
          editVersion
          name
        }
      }
      totalCount
    }
    trainedModels(projectId: $projectId, first: 50) {
      edges {
        node {
          id
          editVersion
          version
          modelArchitecture {
            id
          }
          trainedOnDataset {
            id
            name
          }
          trainedOnSlice {
            id
            name
          }
        }
      }
    }
    layers(projectId: $projectId, first: 200) {
      edges {
        node {
          id
          name
          layerSet {
            id
            trainedModel {
              id
            }
          }
        }
      }
    }
    inferenceSets(projectId: $projectId, first: 200) {
      edges {
        node {
          id
          inferenceCount
          trainedModel {
            id
          }
        }
      }
    }
    embeddingSets(projectId: $projectId, first: 200) {
      edges {
        node {
          id
          dimension
          embeddingCount
          layer {
            id
          }
        }
      }
    }
  }
`)

export const ArchitectureList = graphql(`
  query ArchitectureList($projectId: ID!, $first: Int!, $after: String) {
    modelArchitectures(projectId: $projectId, first: $first, after: $after) {
      edges {
        node {
          ...ArchitectureRow
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

export const ArchitectureRowFields = graphql(`
  fragment ArchitectureRow on ModelArchitecture {
    id
    editVersion
    name
    createdAt
    trainedModels(first: 10) {
      edges {
        node {
          ...TrainedModelRow
        }
      }
      totalCount
    }
  }
`)

export const TrainedModelList = graphql(`
  query TrainedModelList($id: ID!, $first: Int!, $after: String) {
    modelArchitecture(id: $id) {
      id
      trainedModels(first: $first, after: $after) {
        edges {
          node {
            ...TrainedModelRow
          }
        }
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`)

export const TrainedModelRowFields = graphql(`
  fragment TrainedModelRow on TrainedModel {
    id
    editVersion
    version
    createdAt
    trainedOnDataset {
      id
      name
    }
    trainedOnSlice {
      id
      name
    }
    layerSets(first: 1) {
      totalCount
    }
    inferenceSets(first: 1) {
      totalCount
    }
  }
`)

export const TrainedModelDetail = graphql(`
  query TrainedModelDetail($id: ID!) {
    trainedModel(id: $id) {
      id
      editVersion
      version
      createdAt
      trainedOnDataset {
        id
        name
      }
      trainedOnSlice {
        id
        name
      }
      modelArchitecture {
        id
        name
      }
      layerSets(first: 5) {
        edges {
          node {
            ...LayerSetBranch
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
            dataset {
              id
              name
            }
          }
        }
      }
    }
  }
`)

export const LayerSetBranchFields = graphql(`
  fragment LayerSetBranch on LayerSet {
    id
    editVersion
    name
    layers(first: 50) {
      edges {
        node {
          id
          editVersion
          name
          embeddingSets(first: 20) {
            edges {
              node {
                id
                dimension
                embeddingCount
                dataset {
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

export const TrainingChoices = graphql(`
  query TrainingChoices($projectId: ID!) {
    datasets(projectId: $projectId, first: 500) {
      edges {
        node {
          id
          name
        }
      }
    }
    slices(projectId: $projectId, first: 500) {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`)
