import { graphql } from '@/gql'

/** Flat lists, put together as a tree in the browser: a nested query would be deep and wide. */
export const Models = graphql(`
  query Models($projectId: ID!) {
    modelArchitectures(projectId: $projectId, first: 100) {
      edges {
        node {
          id
          name
        }
      }
      totalCount
    }
    trainedModels(projectId: $projectId, first: 200) {
      edges {
        node {
          id
          version
          modelArchitecture {
            id
          }
          trainedOnDataset {
            id
            name
          }
        }
      }
    }
    layers(projectId: $projectId, first: 500) {
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
    inferenceSets(projectId: $projectId, first: 500) {
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
    embeddingSets(projectId: $projectId, first: 500) {
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
