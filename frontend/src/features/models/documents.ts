import { graphql } from '@/gql'

export const Models = graphql(`
  query Models($projectId: ID!) {
    modelArchitectures(projectId: $projectId, first: 20) {
      edges {
        node {
          id
          name
          trainedModels(first: 20) {
            edges {
              node {
                ...TrainedModelBranch
              }
            }
            totalCount
          }
        }
      }
      totalCount
    }
  }
`)

export const TrainedModelFields = graphql(`
  fragment TrainedModelBranch on TrainedModel {
    id
    version
    trainedOnDataset {
      id
      name
    }
    inferenceSets(first: 20) {
      edges {
        node {
          id
          inferenceCount
        }
      }
    }
    layerSets(first: 5) {
      edges {
        node {
          id
          layers(first: 10) {
            edges {
              node {
                id
                name
                embeddingSets(first: 10) {
                  edges {
                    node {
                      id
                      dimension
                      embeddingCount
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
`)

export const RenameModelArchitecture = graphql(`
  mutation RenameModelArchitecture($input: RenameModelArchitectureInput!) {
    renameModelArchitecture(input: $input) {
      errors {
        code
        field
        message
      }
    }
  }
`)

export const DeleteModelArchitecture = graphql(`
  mutation DeleteModelArchitecture($input: DeleteModelArchitectureInput!) {
    deleteModelArchitecture(input: $input) {
      errors {
        code
        field
        message
      }
    }
  }
`)

export const RenameTrainedModel = graphql(`
  mutation RenameTrainedModel($input: RenameTrainedModelInput!) {
    renameTrainedModel(input: $input) {
      errors {
        code
        field
        message
      }
    }
  }
`)

export const DeleteTrainedModel = graphql(`
  mutation DeleteTrainedModel($input: DeleteTrainedModelInput!) {
    deleteTrainedModel(input: $input) {
      errors {
        code
        field
        message
      }
    }
  }
`)
